/** Datasets: folders of files by kind and month, written by `convert` and read by every command. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { observationsOf, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, folder } = folderOfTests()

const jobs = simulateJobs()
const snapshots = jobs.flatMap(job => job.snapshots)
const events = jobs.flatMap(job => job.events)
const runs = simulateRuns()

/** The digests of the records in a file, without their order. */
const digests = async (...args: ReadonlyArray<string>): Promise<ReadonlyArray<string>> =>
  (await finetune(['hash', ...args])).stdout
    .split('\n')
    .map(line => line.split(' ')[0] ?? '')
    .toSorted()

/** The number of files that a conversion added. */
const files = (stderr: string) => Number(/, (\d+) new files?\)/.exec(stderr)?.[1])

const partition = (...args: ReadonlyArray<string>) => finetune(['convert', ...args, '--partition', 'month'])

test('convert --partition month adds what a dataset lacks, and convert reads all of it', async () => {
  written('some.ndjson', toNdjson(snapshots))
  written('all.ndjson', toNdjson([...snapshots, ...events, ...runs]))
  const some = await finetune(['convert', 'some.ndjson', 'data/', '--partition', 'month'])
  expect(some.stderr.replace(/\d+ new files?/, 'N new files')).toBe(
    `${snapshots.length} records read from some.ndjson (NDJSON): ${snapshots.length} written to data/ (Parquet, N new files), 0 already there, 0 rejected\n`,
  )
  const all = await finetune(['convert', 'all.ndjson', 'data/', '--partition', 'month'])
  expect(all.stderr).toContain(`${events.length + runs.length} written to data/`)
  expect(all.stderr).toContain(`${snapshots.length} already there, 0 rejected`)
  const again = await finetune(['convert', 'all.ndjson', 'data', '--partition', 'month'])
  expect(again.stderr).toContain(' 0 written to data (Parquet, 0 new files)')
  expect([some.code, all.code, again.code]).toEqual([0, 0, 0])
  const names = readdirSync('data', { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.parquet'),
  )
  expect(names).toHaveLength(files(some.stderr) + files(all.stderr))

  expect(await finetune(['convert', 'data', 'back.ndjson'])).toMatchObject({ code: 0 })
  expect(await digests('back.ndjson')).toEqual(await digests('all.ndjson'))
  expect(await digests('data')).toEqual(await digests('all.ndjson'))
  expect(await finetune(['convert', 'data', 'one.parquet'])).toEqual({
    code: 0,
    stdout: '',
    stderr: expect.stringContaining(
      'written to one.fine-tune.parquet, one.job-event.parquet, one.job.parquet (Parquet), 0 rejected\n',
    ),
  })
  expect(await finetune(['convert', 'data/kind=job/**/*.parquet', 'jobs.parquet'])).toMatchObject({ code: 0 })
  expect(await digests('jobs.parquet')).toEqual(await digests('some.ndjson'))
})

test('every command reads a folder as one input', async () => {
  mkdirSync(join(folder, 'exports/later'), { recursive: true })
  const seen = observationsOf(jobs)
  written('exports/first.ndjson', toNdjson(seen.slice(0, 100)))
  written('exports/later/second.ndjson', toNdjson(seen.slice(100)))
  written('together.ndjson', toNdjson(seen))
  for (const command of ['log', 'compare'])
    for (const path of ['exports', 'exports/**/*.ndjson'])
      expect(await finetune([command, path])).toEqual(await finetune([command, 'together.ndjson']))
  expect((await finetune(['validate', 'exports'])).stderr).toBe(
    `2 files: ${seen.length} observations, 0 invalid\n`,
  )
  expect(await digests('exports')).toEqual(await digests('together.ndjson'))
  expect((await finetune(['import', '--db', 'a.db', 'exports'])).code).toBe(0)
  expect((await finetune(['import', '--db', 'b.db', 'together.ndjson'])).code).toBe(0)
  const list = async (db: string) => (await finetune(['runs', '--db', db, '--format', 'csv'])).stdout
  expect(await list('a.db')).toBe(await list('b.db'))
})

test('diff reads a folder or a pattern as one side', async () => {
  mkdirSync(join(folder, 'days/later'), { recursive: true })
  written('days/first.ndjson', toNdjson(runs.slice(0, 4)))
  written('days/later/second.ndjson', toNdjson(runs.slice(4)))
  written('all-days.ndjson', toNdjson(runs))
  for (const path of ['days', 'days/**/*.ndjson'])
    expect(await finetune(['diff', path, 'all-days.ndjson'])).toEqual({ code: 0, stdout: '', stderr: '' })
  const added = await finetune(['diff', 'days/first.ndjson', 'days'])
  expect(added).toEqual({ ...(await finetune(['diff', 'days/first.ndjson', 'all-days.ndjson'])), code: 1 })
  expect((await finetune(['diff', 'days/none-*', 'all-days.ndjson'])).stderr).toBe(
    'days/none-*: no such file, and none matches. Check the path.\n',
  )
})

test('a bad record of a folder is told with its file, and stops before anything is written', async () => {
  mkdirSync(join(folder, 'mixed'))
  written('mixed/a.ndjson', toNdjson(snapshots.slice(0, 2)))
  written('mixed/b.ndjson', `${toNdjson(snapshots.slice(2, 4))}{"object":\n`)
  const args = ['convert', 'mixed', 'new', '--partition', 'month']
  const { code, stderr } = await finetune(args)
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /^mixed\/b\.ndjson:3:\d+ not NDJSON: .*\nStopped at a bad record: new was not written\./,
  )
  expect(readdirSync('.')).not.toContain('new')
  const skipped = await finetune([...args, '--bad', 'skip'])
  expect([skipped.code, skipped.stderr]).toEqual([1, expect.stringContaining('4 written to new')])
})

test('--partition names what it cannot be used with', async () => {
  expect((await partition('all.ndjson', '-')).stderr).toBe(
    '--partition: standard output is no folder. Pass the name of one.\n',
  )
  expect((await partition('all.ndjson', 'data', '--tables')).stderr).toBe(
    '--partition and --tables: each lays out files in its own way. Leave one out.\n',
  )
  expect((await partition('all.ndjson', 'data', '--kind', 'json')).stderr).toBe(
    '--partition: any JSON value has no month. Leave out --kind json.\n',
  )
  written('file', '')
  expect(await partition('all.ndjson', 'file')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^file.*: .*\. /),
  })
})

test('--partition writes no folder that is called as a file, if none is there', async () => {
  const refused = await partition('some.ndjson', 'new.csv.gz')
  expect([refused.code, refused.stderr]).toEqual([
    2,
    'new.csv.gz: --partition writes a folder, and this is the name of a file. Pass the name of a folder, and --to FORMAT for its files. A name that ends in / is a folder.\n',
  ])
  expect(readdirSync('.')).not.toContain('new.csv.gz')
  expect(await partition('some.ndjson', 'new.csv/', '--to', 'csv')).toMatchObject({ code: 0 })
  expect(await partition('some.ndjson', 'new.csv', '--to', 'csv')).toMatchObject({ code: 0 })
  expect(await partition('some.ndjson', 'of.2026')).toMatchObject({ code: 0 })
})
