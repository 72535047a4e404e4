import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
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

const train = written('train.jsonl', '{"prompt":"a","completion":"b"}\n')
const pretty = written(
  'pretty.jsonl',
  simulateRuns()
    .slice(0, 3)
    .map(run => JSON.stringify(run, null, 2))
    .join('\n'),
)

test('a training file is validated, and elsewhere named', async () => {
  expect(await finetune(['validate', train])).toMatchObject({
    code: 0,
    stderr: '1 file: 1 completion example, 0 invalid\n',
  })
  for (const call of calls(train).slice(1, 6))
    expect(await finetune(call)).toMatchObject({
      code: 2,
      stderr:
        'train.jsonl: a training file (completion), which holds no records. Check it with finetune validate.\n',
    })
})

test('pretty JSON in a row is read, also from a file that is named as NDJSON', async () => {
  expect(await finetune(['validate', pretty])).toMatchObject({ stderr: '1 file: 3 fine-tunes, 0 invalid\n' })
  expect(await finetune(['convert', pretty, '-'])).toMatchObject({
    code: 0,
    stdout: toNdjson(simulateRuns().slice(0, 3)),
  })
})

test('patch and merge say that a file is empty', async () => {
  for (const call of calls(empty).slice(-2))
    expect(await finetune(call)).toMatchObject({
      code: 2,
      stderr: 'empty.json: empty. Pass a file with one JSON value.\n',
    })
})
