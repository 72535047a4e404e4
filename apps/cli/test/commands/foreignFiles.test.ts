import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written } = folderOfTests()

const page = written('page.json', '<!doctype html><html><body>503</body></html>')
const image = written('image.json', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
const empty = written('empty.json', '')

const calls = (file: string): ReadonlyArray<ReadonlyArray<string>> => [
  ['validate', file],
  ['hash', file],
  ['log', file],
  ['compare', file],
  ['convert', file, 'out.ndjson'],
  ['diff', file, file],
  ['patch', file, file],
  ['merge', file, file, file],
]

test.each(calls(page).map(([command = ''], i) => [command, i] as const))(
  '%s names a page and an image, and says what to pass',
  async (_, i) => {
    for (const [file, reason] of [
      [page, 'an HTML page. Pass what the API answered, as JSON.'],
      [image, 'an image. Pass a file of records.'],
    ] as const) {
      const { code, stderr } = await finetune(calls(file)[i] ?? [])
      expect([code, stderr.split('\n')[0]]).toEqual([2, `${file}: ${reason}`])
    }
  },
)

test('patch and merge say that a file is empty', async () => {
  for (const call of calls(empty).slice(-2))
    expect(await finetune(call)).toMatchObject({
      code: 2,
      stderr: 'empty.json: empty. Pass a file with one JSON value.\n',
    })
})
