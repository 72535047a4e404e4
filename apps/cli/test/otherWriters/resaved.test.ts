/** Our own files, saved again by another program, are read back as equal records. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JsonValue } from '@finetune-kit/codec'
import { observationsOf, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { describe, expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'
import { duckdbOfTests } from './duckdb.ts'
import { byExcel, byPandas } from './spreadsheets.ts'

const { finetune, written, content, folder } = folderOfTests()
const { copy, stored } = duckdbOfTests()

const archives = [
  ['fine-tunes', simulateRuns()],
  ['jobs', simulateJobs().flatMap(job => job.snapshots)],
  ['job events', simulateJobs().flatMap(job => job.events)],
  ['checkpoints', simulateJobs().flatMap(job => job.checkpoints)],
] as const

const bytesOf = (name: string): Uint8Array => readFileSync(join(folder, name))

type Records = ReadonlyArray<unknown>

/** The records in another format, by the command. */
const ours = async (records: Records, extension: string): Promise<string> => {
  written('all.ndjson', toNdjson(records))
  expect(await finetune(['convert', 'all.ndjson', `ours${extension}`])).toMatchObject({ code: 0 })
  return `ours${extension}`
}

const recordsOf = async (file: string): Promise<Records> => {
  const { code, stderr } = await finetune(['convert', file, 'back.ndjson'])
  expect([code, stderr]).toEqual([0, expect.stringContaining(', 0 rejected')])
  return content('back.ndjson')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as unknown)
}

/** Without the keys that are null: for files that have one empty cell for null and absent. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  )
}

describe.each(archives)('%s', (_, records) => {
  test.each([
    ['.csv', `from read_csv('FILE')`, 'format csv, header'],
    ['.csv', `from read_csv('FILE', all_varchar = true)`, 'format csv, header, force_quote *'],
    ['.parquet', `from 'FILE'`, 'format parquet'],
    ['.parquet', `from 'FILE'`, 'format parquet, parquet_version v2, compression zstd'],
  ])('%s is equal after DuckDB saved it again: %s, %s', async (extension, select, options) => {
    const file = stored(`ours${extension}`, bytesOf(await ours(records, extension)))
    written(`again${extension}`, await copy(select.replace('FILE', file), options))
    expect(await recordsOf(`again${extension}`)).toEqual(records)
  })

  test.each([
    ['.ndjson', 'format json'],
    ['.json', 'format json, array true'],
  ])('%s is equal but for nulls after DuckDB saved it again: %s', async (extension, options) => {
    const file = stored('ours.ndjson', bytesOf(await ours(records, '.ndjson')))
    const bytes = await copy(`from read_ndjson('${file}', sample_size = -1)`, options)
    written(`again${extension}`, bytes)
    const found = await recordsOf(`again${extension}`)
    expect(withoutNulls(found)).toEqual(withoutNulls(records))
    expect(JsonValue.is(found)).toBe(true)
  })
})

describe.each(archives)('a table of %s', (_, records) => {
  test.each([
    ['pandas', true, (csv: string) => byPandas(csv)],
    ['pandas, without its index', true, (csv: string) => byPandas(csv, { index: false })],
    ['pandas, all quoted', true, (csv: string) => byPandas(csv, { index: false, quoted: true })],
    ['Excel', false, (csv: string) => byExcel(csv)],
  ] as const)('is equal but for nulls after %s saved it again', async (_, hasEmptyNulls, save) => {
    written('again.csv', save(content(await ours(records, '.csv'))))
    expect(withoutNulls(await recordsOf('again.csv'))).toEqual(withoutNulls(records))
    const { stderr } = await finetune(['convert', 'again.csv', 'back.ndjson'])
    expect(stderr.includes('an empty cell may be null or an absent key')).toBe(hasEmptyNulls)
  })
})

test.each([';', '\t'])(
  'a table of Excel that is separated by %j is read, decimal commas and all',
  async separator => {
    for (const [, records] of archives) {
      written('again.csv', byExcel(content(await ours(records, '.csv')), { separator }))
      expect(withoutNulls(await recordsOf('again.csv'))).toEqual(withoutNulls(records))
    }
  },
)

test('what Excel shortened or took for a date is read as the cell that is there', async () => {
  const job = {
    ...archives[1][1][0],
    created_at: 17_000_000_000_123,
    seed: 7,
    user_provided_suffix: '2024-03-01',
  }
  written('again.csv', byExcel(content(await ours([job], '.csv'))))
  expect(content('again.csv')).toMatch(/1\.7E\+13.*3\/1\/2024/)
  expect(await recordsOf('again.csv')).toEqual([
    { ...job, created_at: 1.7e13, user_provided_suffix: '3/1/2024' },
  ])
})

test('observations of several kinds are the same in the one wide column that DuckDB makes of them', async () => {
  const seen = observationsOf(simulateJobs())
  const runs = simulateRuns().map(run => ({
    object: 'finetune-kit.observation',
    source: 'https://api.openai.com/v1',
    run_id: run.id,
    seen_at: run.updated_at,
    record: run,
  }))
  written('seen.ndjson', toNdjson([...seen, ...runs]))
  const file = stored('seen.ndjson', content('seen.ndjson'))
  for (const [name, options] of [
    ['wide.parquet', 'format parquet'],
    ['wide.ndjson', 'format json'],
  ] as const) {
    written(name, await copy(`from read_ndjson('${file}', sample_size = -1)`, options))
    expect(await finetune(['diff', 'seen.ndjson', name])).toEqual({ code: 0, stdout: '', stderr: '' })
    const table = ['--format', 'csv']
    expect(await finetune(['compare', name, ...table])).toEqual(
      await finetune(['compare', 'seen.ndjson', ...table]),
    )
  }
})
