import { RunSummary } from '@finetune-kit/model'
import { expect, test, vi } from 'vitest'
import type { RunRow } from '../../src/api/RunRow.ts'
import { dayOf, noteOf, secondsOf } from '../../page/src/runs/CreatedFilter.tsx'
import { nameOf } from '../../page/src/runs/nameOf.ts'
import {
  mostShown,
  otherColumns,
  type RunColumn,
  sortedColumns,
  usefulColumns,
  valueIn,
} from '../../page/src/runs/RunColumn.ts'

const row = { key: 'k', steps: 7, fine_tuned_model: 'ft:a' } as unknown as RunRow

test('RunColumn shows the first field of a column that the run has', () => {
  const values = usefulColumns.map(column => valueIn(row, column))
  expect(values.map(({ column, value }) => [column?.path[0], value])).toEqual([
    ['status', undefined],
    ['fine_tuned_model', 'ft:a'],
    ['base_model', undefined],
    ['steps', 7],
    ['full_valid_loss', undefined],
    ['cost', undefined],
    ['duration', undefined],
    ['last_activity', undefined],
  ])
})

test('RunColumn offers every field of a summary', () => {
  const offered = [...usefulColumns, ...otherColumns].map(({ id }) => id)
  expect(new Set(offered).size).toBe(offered.length)
  for (const field of Object.keys(RunSummary.types[0].props))
    if (field !== 'id') expect(offered).toContain(field)
})

/** The fields that the columns are sorted by where these runs are seen. */
const chosen = (runs: ReadonlyArray<RunRow>) => usefulColumns.map(column => mostShown(runs, column))

const sorted = (columns: ReadonlyArray<RunColumn>, sort: string) =>
  sortedColumns(columns, sort).map(({ id }) => id)

test('RunColumn sorts by the field that most runs show, and else by the first', () => {
  const rows = [{ steps: 1 }, { epochs: 2, steps: 9 }, { steps: 3 }, {}] as unknown as ReadonlyArray<RunRow>
  const first = usefulColumns.map(({ id }) => id)
  expect(chosen([])).toEqual(first)
  expect(chosen(rows)).toEqual(first.map(field => (field === 'epochs' ? 'steps' : field)))
  expect(chosen(rows.slice(0, 2))).toEqual(first)
  const own = otherColumns.filter(({ id }) => id === 'steps')
  expect(sorted(usefulColumns, 'steps')).toEqual(['epochs'])
  expect(sorted([...usefulColumns, ...own], 'steps')).toEqual(['epochs', 'steps'])
  expect(sorted([...usefulColumns, ...own], 'epochs')).toEqual(['epochs'])
  expect(sorted(usefulColumns, 'seed')).toEqual([])
})

test('nameOf gives a run without an id words, and shows what would be invisible', () => {
  expect(['', ' ', 'a\u202eb'].map(id => nameOf({ id }))).toEqual([
    'run without an id',
    'run without an id',
    'a\\u202eb',
  ])
  const long = `accounts/${'research-'.repeat(20)}lab/jobs/a1b2c3`
  expect(nameOf({ id: long })).toBe(long)
})

test('CreatedFilter gives back the days that were chosen', () => {
  for (const day of ['1970-01-02', '2024-02-28', '2024-03-31', '2024-10-27', '2024-12-31']) {
    expect(dayOf(secondsOf(day, 0), 0)).toBe(day)
    expect(dayOf(secondsOf(day, 1), -1)).toBe(day)
  }
  for (const text of ['', 'x', '2024-13-01']) expect(secondsOf(text, 0)).toBe('')
  for (const text of ['', 'x', '-1', '1e9']) expect(dayOf(text, 0)).toBe('')
})

test('CreatedFilter ends a day without a midnight with it', () => {
  vi.stubEnv('TZ', 'Africa/Cairo')
  const [begin, end] = [0, 1].map(later => Number(secondsOf('2024-04-26', later)))
  vi.unstubAllEnvs()
  expect([begin, end].map(at => new Date(Number(at) * 1000).toISOString())).toEqual([
    '2024-04-25T22:00:00.000Z',
    '2024-04-26T21:00:00.000Z',
  ])
})

test('CreatedFilter names days, and times where a link of another zone has them', async () => {
  const [createdFrom, createdBefore] = ['2026-03-29', '2026-03-30'].map(day => secondsOf(day, 0))
  const query = { createdFrom: createdFrom ?? '', createdBefore: createdBefore ?? '' }
  expect(noteOf(query)).toBe('2026-03-29 to 2026-03-29')
  expect(noteOf({ ...query, createdBefore: '' })).toBe('from 2026-03-29')
  expect(noteOf({ createdFrom: '', createdBefore: '' })).toBe('')
  vi.stubEnv('TZ', 'America/New_York')
  vi.resetModules()
  const there = await import('../../page/src/runs/CreatedFilter.tsx')
  // two midnights of Berlin, and summer time began between them
  const shared = { createdFrom: '1774738800', createdBefore: '1774821600' }
  expect(there.noteOf(shared)).toBe('2026-03-28 19:00 to 2026-03-29 18:00')
  // no day, and a filter nonetheless
  expect(there.noteOf({ createdFrom: 'yesterday', createdBefore: '' })).toBe('from yesterday')
  expect(there.noteOf({ createdFrom: '', createdBefore: '-1' })).toBe('to 1969-12-31 18:59')
  vi.unstubAllEnvs()
})
