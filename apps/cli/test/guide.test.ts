import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { agrees, shellExamplesOf } from '@finetune-kit/checks/shell-examples'
import { runShell } from './runShell.ts'

const root = resolve(import.meta.dirname, '../../..')
const guide = globSync('docs/guide/*.md', { cwd: root })
  .toSorted()
  .map(path => ({ path, examples: shellExamplesOf(readFileSync(join(root, path), 'utf8')) }))

/** The service that pages read from: all its runs have ended. The rehearsal uses the same. */
const service = { jobs: 3, startsAt: 1_750_000_000, clock: () => 1_760_000_000 }

describe.each(guide.filter(({ examples }) => examples.length > 0))('$path', ({ examples }) => {
  // the reader stands in a folder of copies; their data is not ours
  const folder = mkdtempSync(join(tmpdir(), 'guide-'))
  for (const sample of globSync('apps/ledger/samples/*', { cwd: root }))
    copyFileSync(join(root, sample), join(folder, basename(sample)))
  const scope = Scope.makeUnsafe()
  beforeAll(async () => {
    const { baseUrl, key } = await Effect.runPromise(Scope.provide(scope)(FakeService.make(service)))
    vi.stubEnv('XDG_DATA_HOME', join(folder, '.data'))
    vi.stubEnv('DATABASE_URL', '')
    vi.stubEnv('OPENAI_BASE_URL', baseUrl)
    vi.stubEnv('OPENAI_API_KEY', key)
  })
  afterAll(async () => {
    await Effect.runPromise(Scope.close(scope, Exit.void))
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })

  test.each(examples.map(example => [example.line, example] as const))('line %i', async (_, example) => {
    let output = example.sql === undefined ? '' : await select(example.sql, folder)
    for (const { text, code } of example.commands) {
      const end = await runShell(text, folder)
      expect(end.code, `${text}\n${end.output}`).toBe(code)
      output += end.output
    }
    if (example.output === undefined || agrees(output, example.output)) return
    expect(output).toBe(example.output)
  })
})

/** The rows that DuckDB finds in the files of a folder, as lines of JSON. */
const select = async (sql: string, folder: string): Promise<string> => {
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
  await duckdb.run(`set file_search_path = '${folder}'`)
  const rows = (await duckdb.runAndReadAll(sql)).getRowObjectsJson()
  duckdb.closeSync()
  return rows.map(row => `${JSON.stringify(row)}\n`).join('')
}

describe('runShell', () => {
  const at = tmpdir()
  test('pipes between the shell and the command', async () => {
    const piped = await runShell(
      `printf '{"prompt":"a | b","completion":"c"}\\n' | finetune validate - | wc -l`,
      at,
    )
    expect(piped).toEqual({ code: 0, output: '1 file: 1 completion example, 0 invalid\n1\n' })
  })
  test('tells the exit code of the last command', async () => {
    expect((await runShell('finetune validate missing.ndjson', at)).code).toBe(2)
    expect((await runShell('false', at)).code).toBe(1)
  })
})

describe('agrees', () => {
  test('compares whole outputs, and takes … for any lines', () => {
    expect(agrees('a\nb\n', 'a\nb\n')).toBe(true)
    expect(agrees('a\nb\nc\n', 'a\n')).toBe(false)
    expect(agrees('a\nb\nc\n', 'a\n…\nc\n')).toBe(true)
    expect(agrees('a\nb\nd\n', 'a\n…\nc\n')).toBe(false)
  })
})

test('shellExamplesOf reads the commands of a page, their codes and claims', () => {
  const page =
    'x\n```sh\nnpm install a\nfinetune diff \\\n  a b  # exit code 1\n```\n\n```text\nout\n```\n```sh\nls\n```\n'
  expect(shellExamplesOf(page)).toEqual([
    {
      line: 2,
      commands: [{ text: 'finetune diff a b  # exit code 1', code: 1 }],
      sql: undefined,
      output: 'out\n',
    },
    { line: 11, commands: [{ text: 'ls', code: 0 }], sql: undefined, output: undefined },
  ])
})
