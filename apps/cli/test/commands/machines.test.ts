import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written } = folderOfTests()

const runs = simulateRuns()
const all = written('all.ndjson', toNdjson(runs.slice(0, 3)))

test('hash --format json prints an object a line, with the digest of the text form', async () => {
  const { code, stdout } = await finetune(['hash', all, '--format', 'json'])
  expect(code).toBe(0)
  const found = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  expect(found.map(({ file, line, id }) => [file, line, id])).toEqual(
    runs.slice(0, 3).map(({ id }, i) => ['all.ndjson', i + 1, id]),
  )
  expect((await finetune(['hash', all])).stdout).toContain(`${String(found[0]?.['sha256'])}  all.ndjson:1 `)
})

test('convert --format json prints the counts, never among the records', async () => {
  const counts = { input: 'all.ndjson', from: 'NDJSON', read: 3, written: 3, rejected: 0 }
  const toFile = await finetune(['convert', all, 'all.csv', '--format', 'json'])
  expect(toFile).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(toFile.stdout)).toEqual({ ...counts, outputs: ['all.csv'], to: 'CSV' })
  const toStdout = await finetune(['convert', all, '-', '--format', 'json'])
  expect(toStdout.stdout).toBe(toNdjson(runs.slice(0, 3)))
  expect(JSON.parse(toStdout.stderr)).toEqual({ ...counts, outputs: ['stdout'], to: 'NDJSON' })
  const again = await finetune(['convert', all, 'data/', '--partition', 'month', '--format', 'json'])
  expect(JSON.parse(again.stdout)).toMatchObject({ ...counts, present: 0, to: 'Parquet' })
})

/** Commands whose output is a document that programs read: JSON, NDJSON, or HTML. */
const documents = new Set(['export', 'patch', 'report', 'schema'])

const helpOf = async (command: string): Promise<string> =>
  (await finetune([command, '--help'])).stdout.replaceAll(/\n {8,}/g, ' ')

const commands = async (): Promise<ReadonlyArray<string>> => {
  const { stdout } = await finetune(['--help'])
  const [, list = ''] = /^SUBCOMMANDS\n(.*?)\n\n/ms.exec(stdout) ?? []
  return [...list.matchAll(/^ {2}(\w+) /gm)].map(([, name = '']) => name)
}

test('every command has --format json, or writes a document', async () => {
  const without = []
  for (const command of await commands())
    if (!/--format .*\bjson\b/.test(await helpOf(command))) without.push(command)
  expect(without.filter(command => !documents.has(command))).toEqual([])
})

test('a flag has one form in all commands, and the word for its value is in capitals', async () => {
  const forms = new Map<string, string>()
  for (const command of await commands())
    for (const [, form = '', flag = ''] of (await helpOf(command)).matchAll(
      /^ {2}((--[\w-]+)\S*(?: \S.*?)?)(?: {2}|$)/gm,
    )) {
      expect(forms.get(flag) ?? form, `${command} ${flag}`).toBe(form)
      expect(form, command).not.toMatch(/ (string|integer|float)$/)
      forms.set(flag, form)
    }
  expect(forms.size).toBeGreaterThan(35)
})

test('finetune without arguments prints the help, each command on a short line', async () => {
  const { stdout, stderr } = await finetune([])
  const help = stdout + stderr
  for (const command of ['validate', 'convert', 'log', 'schema'])
    expect(help).toMatch(new RegExp(`^  ${command} +\\w.{10,70}$`, 'm'))
})

test('finetune suggests the command that was meant', async () => {
  expect(await finetune(['valdate', 'a.json'])).toMatchObject({
    code: 2,
    stderr: 'Unknown subcommand "valdate" for "finetune" (did you mean validate?). See finetune --help.\n',
  })
})
