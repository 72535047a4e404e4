import { existsSync } from 'node:fs'
import { observationsOf, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, content } = folderOfTests()

const jobs = observationsOf(simulateJobs())
const fineTunes = simulateRuns()
const files = [written('jobs.ndjson', toNdjson(jobs)), written('fine-tunes.ndjson', toNdjson(fineTunes))]
const ids = new Set([...jobs.map(({ run_id: id }) => id), ...fineTunes.map(({ id }) => id)])

/** The ids of the runs of a database. */
const idsIn = async (db: string) => {
  const { stdout } = await finetune(['runs', '--limit', '1000', '--format', 'json', '--db', db])
  return (JSON.parse(stdout) as ReadonlyArray<{ readonly id: unknown }>).map(({ id }) => id)
}

test('import keeps the runs of files, and nothing the second time', async () => {
  const first = await finetune(['import', ...files, '--db', 'a.db'])
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toMatch(
    /^jobs\.ndjson: \d+ new runs, 0 changed, 0 snapshots unchanged, \d+ other new records, 0 rejected\nfine-tunes/,
  )
  const second = await finetune(['import', ...files, '--db', 'a.db'])
  expect(second.stdout.replaceAll(/\d+ snapshots? unchanged/g, 'N unchanged')).toBe(
    [
      ...files.map(file => `${file}: 0 new runs, 0 changed, N unchanged, 0 other new records, 0 rejected\n`),
      '2 files: 0 new runs, 0 other new records, 0 rejected\n',
    ].join(''),
  )
  expect(new Set(await idsIn('a.db'))).toEqual(ids)
})

test('import counts a result file, which is no event', async () => {
  const text = 'step,train_loss\n1,0.5\n'
  const [run] = fineTunes
  const inputs = [written('a-run.json', JSON.stringify(run)), written('results.csv', text)]
  const { stdout } = await finetune(['import', ...inputs, '--run', run?.id ?? '', '--db', 'results.db'])
  expect(stdout).toContain('1 new run, 0 changed, 0 snapshots unchanged, 0 other new records, 0 rejected\n')
  expect(stdout).toContain('0 new runs, 0 changed, 0 snapshots unchanged, 1 other new record, 0 rejected\n')
})

test('import of several files ends with their sums', async () => {
  const bad = written('one-bad.ndjson', `{"object":"chat.completion"}\n${JSON.stringify(jobs[0])}\n`)
  const { code, stdout } = await finetune(['import', ...files, bad, 'none.ndjson', '--db', 'sums.db'])
  expect(code).toBe(2)
  expect(stdout.trim().split('\n').at(-1)).toMatch(
    new RegExp(
      `^4 files: ${ids.size} new runs, \\d+ other new records, 1 rejected; 1 file could not be imported$`,
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
