import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { RunSummary } from '@finetune-kit/model'
import { observationsOf, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { afterEach, expect, test } from 'vitest'
import { folderOfTests, runFinetune } from '../runFinetune.ts'

const { folder, finetune, written, content } = folderOfTests()

const jobs = observationsOf(simulateJobs())
const fineTunes = simulateRuns()
const files = [written('jobs.ndjson', toNdjson(jobs)), written('fine-tunes.ndjson', toNdjson(fineTunes))]
const ids = new Set([...jobs.map(({ run_id: id }) => id), ...fineTunes.map(({ id }) => id)])

const before = { ...process.env }
afterEach(() => {
  process.env = { ...before }
})

const listed = async (...args: ReadonlyArray<string>) =>
  JSON.parse(
    (await finetune(['runs', '--limit', '1000', '--format', 'json', ...args])).stdout,
  ) as ReadonlyArray<Record<string, unknown>>

test('import keeps the runs of files, and nothing the second time', async () => {
  const first = await finetune(['import', ...files, '--db', 'a.db'])
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toMatch(
    /^jobs\.ndjson: \d+ new runs, 0 changed, 0 snapshots unchanged, \d+ new events and checkpoints, 0 rejected\nfine-tunes/,
  )
  const second = await finetune(['import', ...files, '--db', 'a.db'])
  expect(second.stdout.replaceAll(/\d+ snapshots? unchanged/g, 'N unchanged')).toBe(
    [
      ...files.map(
        file => `${file}: 0 new runs, 0 changed, N unchanged, 0 new events and checkpoints, 0 rejected\n`,
      ),
      '2 files: 0 new runs, 0 new events and checkpoints, 0 rejected\n',
    ].join(''),
  )
  expect(new Set((await listed('--db', 'a.db')).map(({ id }) => id))).toEqual(ids)
})

test('import of several files ends with their sums', async () => {
  const bad = written('one-bad.ndjson', `{"object":"chat.completion"}\n${JSON.stringify(jobs[0])}\n`)
  const { code, stdout } = await finetune(['import', ...files, bad, 'none.ndjson', '--db', 'sums.db'])
  expect(code).toBe(2)
  expect(stdout.trim().split('\n').at(-1)).toMatch(
    new RegExp(
      `^4 files: ${ids.size} new runs, \\d+ new events and checkpoints, 1 rejected; 1 file could not be imported$`,
    ),
  )
})

test('import --format json prints the counts of each file as an object a line', async () => {
  const { stdout } = await finetune(['import', ...files, '--db', 'counts.db', '--format', 'json'])
  const counts = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  expect(counts.map(({ file }) => file)).toEqual(files)
  expect(counts.reduce((sum, { added }) => sum + Number(added), 0)).toBe(ids.size)
  expect(counts[1]).toMatchObject({ changed: 0, rejected: 0 })
})

test.each([
  ['no byte', ''],
  ['blank lines', ' \n\n'],
  ['an empty list', '[]'],
  ['an empty page', '{"object":"list","data":[]}'],
])('import of %s says that there are no records', async (_, text) => {
  const ended = await finetune(['import', written('none.json', text), '--db', 'none-read.db'])
  expect(ended).toEqual({ code: 0, stdout: 'none.json: no records\n', stderr: '' })
})

test('import prints what it rejects with its line, and ends with 1', async () => {
  const [one] = jobs
  const mixed = written('mixed.ndjson', `{"object":"chat.completion"}\n{"id":\n${JSON.stringify(one)}\n`)
  const ended = await finetune(['import', mixed, '--db', 'mixed.db'])
  expect(ended.code).toBe(1)
  expect(ended.stderr).toContain('mixed.ndjson:1 no kind of record here is called "chat.completion"\n')
  expect(ended.stderr).toContain('mixed.ndjson:2:7 not NDJSON: ')
  expect(ended.stdout).toContain('mixed.ndjson: 1 new run,')
  expect(ended.stdout).toContain(', 2 rejected\n')
})

test('import says how events that name no run come to theirs, and keeps them so', async () => {
  const run = fineTunes.find(({ events }) => (events ?? []).length > 0)
  const events = written('events.ndjson', toNdjson(run?.events ?? []))
  const file = written('run.ndjson', toNdjson([{ ...run, events: [] }]))
  await finetune(['import', file, '--db', 'bare.db'])
  const bare = await finetune(['import', events, '--db', 'bare.db'])
  expect(bare.stderr).toContain(
    'events.ndjson:1 a record of the kind event that names no run. Pass --run ID, or import it on the page of its run\n',
  )
  const joined = await finetune(['import', events, '--run', run?.id ?? '', '--db', 'bare.db'])
  expect(joined).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(', 0 rejected') })
})

test('import says how a result file that no run lists comes to its run', async () => {
  const [run] = fineTunes
  const file = written('two.ndjson', toNdjson([run, fineTunes.find(({ id }) => id !== run?.id)]))
  const results = written('step_metrics.csv', 'step,train_loss\n1,2.5\n')
  const bare = await finetune(['import', file, results, '--db', 'results.db'])
  expect(bare.stderr).toBe(
    'step_metrics.csv: a result file that no run lists. Import its run first, pass --run ID, or import it on the page of its run\n',
  )
  const joined = await finetune(['import', results, '--run', run?.id ?? '', '--db', 'results.db'])
  expect(joined).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(', 0 rejected') })
})

test('import goes on after a file that is not there, and ends with 2', async () => {
  const ended = await finetune(['import', 'nothing.ndjson', files[0] as string, '--db', 'two.db'])
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing.ndjson') })
  expect(ended.stdout).toContain('new runs')
})

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
  expect(await finetune(['export'])).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(existsSync('data')).toBe(false)
  await finetune(['import', ...files])
  expect(await listed()).toHaveLength(ids.size)
  expect((await finetune(['runs', '--status', 'suceeded', '--text', 'x'])).stdout).toMatch(
    /^No run\. Values of --status here: succeeded, (?:\w+, )+\w+\.\n$/,
  )
  expect((await finetune(['runs', '--status', 'succeeded', '--text', 'nowhere'])).stdout).toBe('No run.\n')
  expect(existsSync('data/finetune-kit/runs.db')).toBe(true)
})

test('import takes standard input once, and makes no database otherwise', async () => {
  for (const args of [
    ['import', '-', '-', '--db', 'twice.db'],
    ['validate', '-', '-'],
    ['hash', '-', '-'],
  ])
    expect(await finetune(args, content('jobs.ndjson'))).toEqual({
      code: 2,
      stdout: '',
      stderr: 'stdin: it can be read once. Pass - for one file only.\n',
    })
  expect(existsSync('twice.db')).toBe(false)
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
  expect(sound).toMatchObject({ code: 0, stdout: '', stderr: expect.stringMatching(/, 0 invalid\n$/) })
  const { stdout } = await finetune(['export', '--db', 'a.db'])
  await finetune(['import', '-', '--db', 'damaged.db'], stdout)
  const database = new DatabaseSync(join(folder, 'damaged.db'))
  database.exec("update entries set body = '{}' where n = 0 and run = 1")
  database.close()
  const damaged = await finetune(['validate', '--db', 'damaged.db'])
  expect(damaged).toMatchObject({ code: 1, stderr: expect.stringMatching(/, 1 invalid\n$/) })
  expect(damaged.stdout).toMatch(/^damaged\.db: run ".*".* entry 0 of its history: /)
  expect((await finetune(['validate', '--db', 'none.db'])).code).toBe(2)
})

test('validate checks the database of the user where no file is passed', async () => {
  process.env['DATABASE_URL'] = ''
  process.env['XDG_DATA_HOME'] = join(folder, 'validated')
  expect(await finetune(['validate'])).toMatchObject({
    code: 2,
    stderr: 'validate: no input. Pass a file of records, or --db FILE.\n',
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
