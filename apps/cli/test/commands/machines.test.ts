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

test('every command that prints a result has --format json', async () => {
  for (const command of ['validate', 'hash', 'log', 'compare', 'diff', 'runs']) {
    const { stdout } = await finetune([command, '--help'])
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/--format .*\bjson\b/)
  }
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
