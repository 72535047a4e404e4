import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryFolder } from './temporaryFolder.ts'

const workspace = fileURLToPath(new URL('../../..', import.meta.url))
const folder = temporaryFolder()

/**
 * A program that decodes, compares and shows files with a checksum, which the service never sends.
 */
const probe = `
import { decode } from '@finetune-kit/codec'
import { Delta } from '@finetune-kit/diff'
import { Change, changeText } from '@finetune-kit/diff/story'
import { FineTuneSnapshot } from '@finetune-kit/model'
import { configOf } from './page/src/recordConfig.ts'
import { simulateRuns } from '@finetune-kit/model/testing'

const [run] = simulateRuns()
const saying = checksum => ({ ...run, training_files: run.training_files.map(file => ({ ...file, checksum })) })
const [a, b] = [saying('e3b0'), saying('27ae')]
console.log(JSON.stringify({
  decode: decode(FineTuneSnapshot)(saying(5)),
  diff: Delta.of(FineTuneSnapshot).diff(a, b).map(({ path }) => path),
  text: changeText(Change.of(FineTuneSnapshot)(a, b)),
  page: configOf('fine-tune').fields.find(({ key }) => key === 'training_files').view.item.fields.map(({ title }) => title),
}))
`

/** Copies the sources of the workspace, with the same dependencies. */
const copied = (name: string): string => {
  const copy = join(folder, name)
  for (const project of [
    'packages/codec',
    'packages/model',
    'packages/diff',
    'packages/serialization',
    'apps/ledger',
  ])
    for (const part of [
      'package.json',
      'src',
      'node_modules',
      ...(project === 'apps/ledger' ? ['page'] : []),
    ])
      cpSync(join(workspace, project, part), join(copy, project, part), {
        recursive: true,
        verbatimSymlinks: true,
      })
  symlinkSync(join(workspace, 'node_modules'), join(copy, 'node_modules'))
  writeFileSync(join(copy, 'apps/ledger/probe.ts'), probe)
  return copy
}

const probed = (copy: string) =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['--conditions=@finetune-kit/source', join(copy, 'apps/ledger/probe.ts')],
      {
        encoding: 'utf8',
      },
    ),
  )

test('a field added to OpenAIFile.ts is decoded, compared and shown with no other edit', () => {
  const before = probed(copied('before'))
  expect(before.decode._tag).toBe('Right')
  expect(before.page).not.toContain('Checksum')

  const copy = copied('after')
  const file = join(copy, 'packages/model/src/OpenAIFile.ts')
  const source = readFileSync(file, 'utf8')
  const edited = source.replace('status_details:', "checksum: describedField(t.string, 'Its digest.'),\n$&")
  expect(edited).not.toBe(source)
  writeFileSync(file, edited)

  const after = probed(copy)
  expect(after.decode.left.issues).toEqual([
    { path: ['training_files', 0, 'checksum'], expected: 'string or null', actual: 5 },
  ])
  const at = before.page.indexOf('Status details')
  expect(at).toBeGreaterThan(0)
  expect(after.page).toEqual([...before.page.slice(0, at), 'Checksum', ...before.page.slice(at)])
  expect([before.diff, after.diff]).toEqual([['/training_files/0/checksum'], ['/training_files/0/checksum']])
  expect(before.text).toContain('unknown field')
  expect(after.text).toContain('Checksum')
})
