/** `convert --sort`: the order of the records in the output, of every format. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { createdAtOf } from '@finetune-kit/model'
import { observationsOf, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

vi.setConfig({ testTimeout: 60_000 }) // DuckDB is loaded first

const { finetune, written, content, folder } = folderOfTests()

const jobs = simulateJobs()
/** Without an order of its own: the last first, and others between. */
const snapshots = jobs.flatMap(job => job.snapshots).toReversed()
const events = jobs.flatMap(job => job.events)
const runs = simulateRuns()

beforeAll(() => {
  written('jobs.ndjson', toNdjson(snapshots))
  written('mixed.ndjson', toNdjson([...events, ...snapshots, ...runs]))
})

const linesOf = (name: string): ReadonlyArray<{ readonly id?: string; readonly created_at: number }> =>
  content(name)
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as { readonly id: string; readonly created_at: number })

const byId = snapshots.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

test('--sort id writes every format sorted, and equal ids in the order of the input', async () => {
  for (const extension of ['ndjson', 'json', 'yaml', 'csv', 'avro', 'msgpack', 'parquet', 'ndjson.gz']) {
    const sorted = await finetune(['convert', 'jobs.ndjson', `sorted.${extension}`, '--sort', 'id'])
    expect(sorted).toMatchObject({ code: 0, stderr: expect.stringContaining(`${snapshots.length} written`) })
    await finetune(['convert', `sorted.${extension}`, `${extension}.ndjson`])
    expect(linesOf(`${extension}.ndjson`).map(({ id }) => id)).toEqual(byId.map(({ id }) => id))
  }
  expect(linesOf('sorted.ndjson')).toEqual(byId)
  expect(linesOf('parquet.ndjson').map(createdAtOf)).toEqual(byId.map(createdAtOf))
})

test('--sort created_at sorts records of several kinds, with threads too, and to a file for each kind', async () => {
  for (const threads of ['1', '2']) {
    const args = ['convert', 'mixed.ndjson', 'time.ndjson', '--sort', 'created_at', '--threads', threads]
    expect(await finetune(args)).toMatchObject({ code: 0 })
    const times = linesOf('time.ndjson').map(({ created_at }) => created_at)
    expect(times).toHaveLength(events.length + snapshots.length + runs.length)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  }
  expect(await finetune(['convert', 'mixed.ndjson', 'kinds.parquet', '--sort', 'created_at'])).toMatchObject({
    code: 0,
  })
  for (const kind of ['job', 'job-event', 'fine-tune']) {
    await finetune(['convert', `kinds.${kind}.parquet`, 'kind.ndjson'])
    const times = linesOf('kind.ndjson').map(({ created_at }) => created_at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  }
})

/** True if a footer has a list of one structure: a number, and twice false ("SortingColumn"). */
const states = (path: string) => {
  const bytes = readFileSync(path)
  for (let i = bytes.indexOf('\x19\x1c\x15'); i !== -1; i = bytes.indexOf('\x19\x1c\x15', i + 1))
    if (bytes.toString('latin1', i + 4, i + 7) === '\x12\x12\0') return true
  return false
}

test('Parquet files and datasets state the order in their footers', async () => {
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
  afterAll(() => duckdb.closeSync())
  const select = async (sql: string) => (await duckdb.runAndReadAll(sql)).getRowsJson()
  await finetune(['convert', 'jobs.ndjson', 'by-id.parquet', '--sort', 'id'])
  const ids = `select list(id order by file_row_number) from read_parquet('by-id.parquet', file_row_number = true)`
  expect(await select(ids)).toEqual([[byId.map(({ id }) => id)]])
  expect(states('by-id.parquet')).toBe(true)
  await finetune(['convert', 'jobs.ndjson', 'unsorted.parquet'])
  expect(states('unsorted.parquet')).toBe(false)
  expect(
    await finetune(['convert', 'jobs.ndjson', 'data', '--partition', 'month', '--sort', 'created_at']),
  ).toMatchObject({ code: 0 })
  for (const name of readdirSync('data', { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.parquet')) {
      const times = `select list(created_at order by file_row_number) as t, t = list_sort(t) from read_parquet('${join('data', name)}', file_row_number = true)`
      expect((await select(times))[0]?.[1]).toBe(true)
      expect(states(join('data', name))).toBe(true)
    }
})

test('observations are sorted by the record observed; another order is a wrong call', async () => {
  written('seen.ndjson', toNdjson(observationsOf(jobs).toReversed()))
  expect(await finetune(['convert', 'seen.ndjson', 'out.ndjson', '--sort', 'created_at'])).toMatchObject({
    code: 0,
  })
  const times = linesOf('out.ndjson').map(createdAtOf)
  expect(times).toEqual(times.toSorted((a, b) => (a ?? 0) - (b ?? 0)))
  const wrong = await finetune(['convert', 'jobs.ndjson', 'wrong.ndjson', '--sort', 'name'])
  expect(wrong.code).toBe(2)
  expect(existsSync(join(folder, 'wrong.ndjson'))).toBe(false)
})
