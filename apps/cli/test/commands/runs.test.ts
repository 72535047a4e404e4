import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { RunSummary } from '@finetune-kit/model'
import { observationsOf, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { folderOfTests, runFinetune } from '../runFinetune.ts'

const { folder, finetune, written } = folderOfTests()

const jobs = observationsOf(simulateJobs())
const fineTunes = simulateRuns()
const files = [written('jobs.ndjson', toNdjson(jobs)), written('fine-tunes.ndjson', toNdjson(fineTunes))]
const ids = new Set([...jobs.map(({ run_id: id }) => id), ...fineTunes.map(({ id }) => id)])

beforeAll(async () => {
  await finetune(['import', ...files, '--db', 'a.db'])
})

const before = { ...process.env }
afterEach(() => {
  process.env = { ...before }
})

const listed = async (...args: ReadonlyArray<string>) =>
  JSON.parse(
    (await finetune(['runs', '--limit', '1000', '--format', 'json', ...args])).stdout,
  ) as ReadonlyArray<Record<string, unknown>>

test('import, export and runs say in one line that a database cannot be used', async () => {
  writeFileSync('notes.db', 'these are notes. '.repeat(100))
  for (const args of [['import', files[0] as string], ['export'], ['runs']])
    expect(await finetune([...args, '--db', 'notes.db'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'notes.db: the file is not an SQLite database. Pass --db with another file; it was not changed.\n',
    })
  process.env['DATABASE_URL'] = 'mysql://root@localhost/db'
  expect((await finetune(['runs'])).stderr).toMatch(/^DATABASE_URL: not a PostgreSQL URL\. /)
})

test('export and runs make no database where there is none', async () => {
  for (const command of ['export', 'runs'])
    expect(await finetune([command, '--db', 'none.db'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'none.db: no such file. Pass the --db that runs were imported into.\n',
    })
})

test('runs uses the data folder of the user where no database is passed', async () => {
  delete process.env['DATABASE_URL']
  process.env['XDG_DATA_HOME'] = join(folder, 'data')
  expect(await finetune(['runs'])).toEqual({
    code: 0,
    stdout: 'No run. Pass files to finetune import.\n',
    stderr: '',
  })
  expect(await finetune(['export'])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'No database of runs: the export is empty. Pass --db FILE, or set DATABASE_URL.\n',
  })
  expect(existsSync('data')).toBe(false)
  await finetune(['import', ...files])
  expect(await listed()).toHaveLength(ids.size)
  expect((await finetune(['runs', '--status', 'suceeded', '--text', 'x'])).stdout).toMatch(
    /^No run\. Values of --status here: succeeded, (?:\w+, )+\w+\.\n$/,
  )
  expect((await finetune(['runs', '--status', 'succeeded', '--text', 'nowhere'])).stdout).toBe('No run.\n')
  expect(existsSync('data/finetune-kit/runs.db')).toBe(true)
})

test('a terminal of no size gets what a pipe gets', async () => {
  for (const call of [
    ['runs', '--db', 'a.db'],
    ['log', '--db', 'a.db'],
    ['compare', '--db', 'a.db'],
  ])
    expect((await runFinetune(call, { columns: 0 })).stdout, call[0]).toBe((await finetune(call)).stdout)
})

test('runs filters and sorts by the columns of a summary', async () => {
  const all = await listed('--db', 'a.db')
  const failed = await listed('--db', 'a.db', '--status', 'failed', '--status', 'cancelled')
  expect(failed.map(({ id }) => id)).toEqual(
    all.filter(({ status }) => status === 'failed' || status === 'cancelled').map(({ id }) => id),
  )
  const tokens = (await listed('--db', 'a.db', '--sort', 'trained_tokens', '--ascending'))
    .map(run => run['trained_tokens'] as number | null)
    .filter(value => value !== null)
  expect(tokens).toEqual(tokens.toSorted((a, b) => a - b))
  expect((await finetune(['runs', '--db', 'a.db', '--sort', 'nothing'])).code).toBe(2)
})

test('runs prints a table that fits, and says how many runs there are more', async () => {
  const { stdout } = await finetune(['runs', '--db', 'a.db', '--limit', '3'])
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(5)
  expect(lines[0]).toMatch(/^Id .*Status/)
  expect(lines.every(line => line.length <= 100)).toBe(true)
  expect(lines[4]).toBe(`3 of ${ids.size} runs. Pass --limit N for more.`)
})

test('runs prints CSV with a column for each field', async () => {
  const { stdout } = await finetune(['runs', '--db', 'a.db', '--format', 'csv', '--limit', '2'])
  const [header = '', ...rows] = stdout.trimEnd().split('\r\n')
  expect(header).toMatch(/^id,kind,status,/)
  expect(header.split(',')).toEqual([...Object.keys(RunSummary.types[0].props), '*'])
  expect(rows).toHaveLength(2)
  expect(rows[0]).toContain(',,')
  expect(stdout).not.toMatch(/\bnull\b/)
})

test('runs shows a person 100 runs and gives a program all, a page after the other', async () => {
  const [job] = simulateJobs().flatMap(({ snapshots }) => snapshots)
  const many = Array.from({ length: 1_001 }, (_, i) => ({ ...job, id: `ftjob-${i}` }))
  await finetune(['import', written('many.ndjson', toNdjson(many)), '--db', 'many.db'])
  const shown = (...args: ReadonlyArray<string>) => finetune(['runs', '--db', 'many.db', ...args])
  expect((await shown()).stdout).toMatch(/\n100 of 1001 runs\. Pass --limit N for more\.\n$/)
  const named = JSON.parse((await shown('--format', 'json')).stdout) as ReadonlyArray<{ readonly id: string }>
  expect(new Set(named.map(({ id }) => id))).toEqual(new Set(many.map(({ id }) => id)))
  expect((await shown('--format', 'csv')).stdout.match(/^ftjob-/gm)).toHaveLength(many.length)
  expect((await shown('--format', 'csv', '--limit', '1000')).stdout.match(/^ftjob-/gm)).toHaveLength(1000)
})

test('validate checks the records of a database, and its histories', async () => {
  const sound = await finetune(['validate', '--db', 'a.db'])
  expect(sound).toMatchObject({
    code: 0,
    stdout: '',
    stderr: expect.stringMatching(/^1 database: .*, 0 invalid\n$/),
  })
  const both = await finetune(['validate', files[0] as string, '--db', 'a.db'])
  expect(both.stderr).toMatch(/^1 file and 1 database: /)
  const { stdout } = await finetune(['export', '--db', 'a.db'])
  await finetune(['import', '-', '--db', 'damaged.db'], stdout)
  const database = new DatabaseSync(join(folder, 'damaged.db'))
  database.exec("update entries set body = '{}' where n = 0 and run = 1")
  database.close()
  const damaged = await finetune(['validate', '--db', 'damaged.db'])
  expect(damaged).toMatchObject({ code: 1, stderr: expect.stringMatching(/, 1 invalid\n$/) })
  expect(damaged.stdout).toMatch(
    /^damaged\.db: run ".*": snapshot 1 of its history: .+\. Delete the run in the ledger, and import/,
  )
  expect((await finetune(['validate', '--db', 'none.db'])).code).toBe(2)
})

test('validate names a record of a database that is not of its kind', async () => {
  await finetune(['import', files[0] as string, '--db', 'odd.db'])
  const database = new DatabaseSync(join(folder, 'odd.db'))
  database.exec(`update items set body = json_set(body, '$.created_at', 'soon')
    where seq = (select min(seq) from items where body like '%job.event%')`)
  database.close()
  expect(await finetune(['validate', '--db', 'odd.db'])).toEqual({
    code: 1,
    stdout: expect.stringMatching(/^odd\.db: run "\S+" \/created_at: expected integer, found "soon"\n$/),
    stderr: expect.stringMatching(/, 1 invalid\n$/),
  })
})

test('validate checks the database of the user where no file is passed', async () => {
  process.env['DATABASE_URL'] = ''
  process.env['XDG_DATA_HOME'] = join(folder, 'validated')
  expect(await finetune(['validate'])).toMatchObject({
    code: 2,
    stderr: 'finetune: no input. Pass a file of records, or --db FILE.\n',
  })
  await finetune(['import', files[0] as string])
  const ended = await finetune(['validate'])
  expect(ended).toMatchObject({
    code: 0,
    stdout: '',
    stderr: expect.stringMatching(/ jobs, .*, 0 invalid\n$/),
  })
})

test.each(['validate', 'log', 'compare', 'report'])('%s leaves the kinds to a database', async command => {
  expect(await finetune([command, '--db', 'a.db', '--kind', 'job'])).toEqual({
    code: 2,
    stdout: '',
    stderr: '--kind: it is for files. A database knows the kinds of its records: leave --kind out.\n',
  })
})

test.each(['log', 'report', 'compare'])('%s names a run that no file and no database has', async command => {
  const { id } = simulateRuns()[0] ?? { id: '' }
  expect(await finetune([command, id, 'ft-none', '--db', 'a.db'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'a.db: no run "ft-none". Pass the id of one, or a file.\n',
  })
})
