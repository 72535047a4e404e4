import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { addToDataset, codecForInput, listFiles, openInput, readBatches } from '@finetune-kit/archive'
import { createdAtOf, RecordKind } from '@finetune-kit/model'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { unencodable } from '@finetune-kit/codec'
import { Parquet } from '@finetune-kit/serialization/parquet'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()

let made = 0
let dataset = ''
beforeEach(() => void (dataset = join(folder, `dataset-${made++}`)))

const jobs: ReadonlyArray<unknown> = simulateJobs()
  .flatMap(({ snapshots, events }) => [snapshots, events])
  .flat()
const records: ReadonlyArray<unknown> = [...jobs, ...simulateRuns()]

const add = (some: ReadonlyArray<unknown>) =>
  Effect.runPromise(Stream.fromIterable(some).pipe(addToDataset(dataset, { format: Parquet })))

const stored = (): Promise<ReadonlyArray<unknown>> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const all: Array<unknown> = []
      for (const file of yield* listFiles(dataset))
        yield* Effect.scoped(
          Effect.flatMap(openInput(file), input =>
            Stream.runForEach(readBatches(codecForInput(input))(input), batch =>
              Effect.sync(() => {
                for (const result of batch) all.push(result._tag === 'Record' ? result.value : result.error)
              }),
            ),
          ),
        )
      return all
    }),
  )

const texts = (all: ReadonlyArray<unknown>) => all.map(one => JSON.stringify(one, keysInOrder)).toSorted()

const keysInOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value

const files = (): ReadonlyArray<string> =>
  readdirSync(dataset, { recursive: true, encoding: 'utf8' })
    .filter(name => statSync(join(dataset, name)).isFile())
    .toSorted()

test('addToDataset keeps every record once, in the folder of its kind and month', async () => {
  const { present, files: added } = await add(records)
  expect(present).toBe(0)
  expect(added.map(file => file.slice(dataset.length + 1)).toSorted()).toEqual(files())
  expect(texts(await stored())).toEqual(texts(records))
  for (const name of files())
    expect(name).toMatch(
      /^kind=(job|job-event|fine-tune)\/year=\d{4}\/month=(0\d|1[0-2])\/part-[\da-f-]+\.parquet$/,
    )
})

test('addToDataset adds what is new to another file, and rewrites none', async () => {
  const half = records.filter((_, i) => i % 2 === 0)
  await add(half)
  const before = files().map(name => [name, statSync(join(dataset, name)).mtimeMs])
  const { present } = await add([...records, ...half])
  expect(present).toBe(2 * half.length)
  expect(texts(await stored())).toEqual(texts(records))
  const after = new Map(files().map(name => [name, statSync(join(dataset, name)).mtimeMs]))
  for (const [name, time] of before) expect(after.get(name as string)).toBe(time)
  expect(await add(records)).toEqual({ present: records.length, files: [] })
})

test('addToDataset takes null and absent for the same record', async () => {
  const [job] = jobs
  await add([job])
  expect(
    await add([
      { ...(job as object), organization_id: null, user_provided_suffix: null, shared_with: null },
      job,
    ]),
  ).toMatchObject({
    present: expect.any(Number),
  })
  const all = await stored()
  const again = await add([...all, job])
  expect(again).toEqual({ present: all.length + 1, files: [] })
})

test('addToDataset knows a record again whose text has no canonical form', async () => {
  const job = { ...(jobs[0] as object), suffix: '\ud800' }
  const other = Object.fromEntries(Object.entries(jobs[1] as object).toReversed())
  const broken = [job, { ...other, fine_tuned_model: 'a\udc00' }]
  await add(broken)
  expect(texts(await stored())).toEqual(texts(broken))
  expect(await add(broken)).toEqual({ present: 2, files: [] })
})

test('addToDataset leaves the dataset as it was if its input fails', async () => {
  await add(records.slice(0, 3))
  const before = files()
  const failing = Stream.concat(Stream.fromIterable(records), Stream.fail('cut'))
  const result = await Effect.runPromise(
    Effect.flip(failing.pipe(addToDataset(dataset, { format: Parquet }))),
  )
  expect([result, files()]).toEqual(['cut', before])
  const unknown = Stream.fromIterable([{ a: 1 }])
  expect(
    await Effect.runPromise(Effect.flip(unknown.pipe(addToDataset(dataset, { format: Parquet })))),
  ).toMatchObject({
    _tag: 'UnencodableRecord',
    error: unencodable([], expect.stringMatching(/object/)),
  })
})

test('addToDataset keeps a record without a time where Hive has rows without a value', async () => {
  await add([{ ...(jobs[0] as object), created_at: 9e12 }])
  const none = '__HIVE_DEFAULT_PARTITION__'
  expect(files()[0]).toMatch(new RegExp(`^kind=job/year=${none}/month=${none}/`))
})

/** The number of snapshots of jobs that were created in each month. */
const jobsByMonth = (): ReadonlyArray<readonly [month: string, count: number]> => {
  const counts = new Map<string, number>()
  for (const record of jobs) {
    const detected = RecordKind.detect(record)
    if (detected._tag === 'Left' || detected.right.name !== 'job') continue
    const month = new Date((createdAtOf(record) as number) * 1000).toISOString().slice(0, 7)
    counts.set(month, (counts.get(month) ?? 0) + 1)
  }
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

test('DuckDB reads a dataset as one table, and a month of it alone', async () => {
  await add(records)
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
  const select = async (sql: string) => (await duckdb.runAndReadAll(sql)).getRowObjectsJson()
  const table = `read_parquet('${dataset}/kind=job/**/*.parquet', hive_partitioning = true)`
  const found = (await select(
    `select year || '-' || month as since, count(*) as n, any_value(year) as year, any_value(month) as month
      from ${table} group by since order by since`,
  )) as ReadonlyArray<Readonly<Record<string, string>>>
  expect(found.map(({ since, n }) => [since, Number(n)])).toEqual(jobsByMonth())
  const [{ year = '', month = '' } = {}] = found
  const plan = await select(`explain select id from ${table} where year = ${year} and month = '${month}'`)
  expect(JSON.stringify(plan)).toMatch(/Scanning Files: 1\//)
  duckdb.closeSync()
})
