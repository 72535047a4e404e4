/**
 * The laws of a join, whatever happened to one row of one of its tables: no record gets a row that
 * is not its own, and no record is lost without a reject.
 */
import { annotate, draw, Integer, nullable, record } from '@finetune-kit/codec'
import { CsvTables, type ReadResult } from '@finetune-kit/serialization'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { decodeTables } from '../decodeTables.ts'
import { encodeTables } from '../encodeTables.ts'

const Event = record('Event', { at: Integer })
const Run = annotate(
  record('Run', { id: t.string, events: t.array(Event) }, { files: nullable(t.array(Event)) }),
  { identity: { key: 'id' } },
)
type Run = t.TypeOf<typeof Run>
const tables = CsvTables.of(Run)

/** Records of these names, none of whose items are equal. */
const runs = (ids: fc.Arbitrary<ReadonlyArray<string>>): fc.Arbitrary<ReadonlyArray<Run>> =>
  fc
    .tuple(ids, fc.infiniteStream(fc.nat(3)), fc.infiniteStream(fc.option(fc.nat(3))))
    .map(([names, events, files]) => {
      let at = 0
      const list = (length: number) => Array.from({ length }, () => ({ at: ++at }))
      return names.map((id): Run => {
        const own = files.next().value as number | null
        return { id, events: list(events.next().value as number), files: own === null ? null : list(own) }
      })
    })

const damages: Readonly<
  Record<string, (rows: ReadonlyArray<string>, i: number, j: number) => ReadonlyArray<string>>
> = {
  removed: (rows, i) => rows.toSpliced(i, 1),
  doubled: (rows, i) => rows.toSpliced(i, 0, rows[i] as string),
  ragged: (rows, i) => rows.with(i, `${rows[i]},x`),
  quoted: (rows, i) => rows.with(i, (rows[i] as string).replace(',', ',"')),
  unknown: (rows, i) => rows.with(i, `zz${rows[i]}`),
  mistyped: (rows, i) => rows.with(i, (rows[i] as string).replace(/,\d*/, ',x')),
  moved: (rows, i, j) => rows.toSpliced(i, 1).toSpliced(j, 0, rows[i] as string),
}

const damaged = (input: Uint8Array, damage: string, [i, j]: readonly [number, number]): Uint8Array => {
  const [header, ...rows] = new TextDecoder().decode(input).trimEnd().split('\r\n')
  const worse = rows.length === 0 ? rows : (damages[damage]?.(rows, i % rows.length, j % rows.length) ?? rows)
  return new TextEncoder().encode([header, ...worse, ''].join('\r\n'))
}

const places = fc.tuple(fc.nat(), fc.nat())
const read = (records: ReadonlyArray<Run>, table: number, damage: string, at: readonly [number, number]) => {
  const inputs = encodeTables(tables)(records).map((input, i) =>
    i === table ? damaged(input, damage, at) : input,
  )
  const items = decodeTables(tables)(inputs)
  expect(decodeTables(tables, 1)(inputs)).toEqual(items)
  return items
}
const text = (value: unknown) => JSON.stringify(value)
const lost = (items: ReadonlyArray<ReadResult<Run>>) =>
  items.reduce((n, item) => n + (item._tag === 'Record' ? 0 : (item.records ?? 1)), 0)
const shown = (items: ReadonlyArray<ReadResult<Run>>) =>
  items.map(item => (item._tag === 'Record' ? text(item.value) : draw(item.error))).join('\n')

const distinct = fc.uniqueArray(fc.constantFrom(...Array.from('abcdefghijkl')), { maxLength: 8 })
const repeated = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 })

test.each(Object.keys(damages))(
  'a row of a child table that is %s costs no record but by a reject, and most often one',
  damage => {
    fc.assert(
      fc.property(runs(distinct), fc.constantFrom(1, 2), places, (records, table, at) => {
        const items = read(records, table, damage, at)
        const originals = new Set(records.map(text))
        const isInItsList = damage === 'moved' // it may have changed places within its list
        for (const item of items)
          if (item._tag === 'Record' && !isInItsList) expect(originals).toContain(text(item.value))
        const most = damage === 'quoted' || damage === 'moved' ? records.length : 1
        if (lost(items) > most) expect.fail(shown(items))
        expect(items.filter(({ _tag }) => _tag === 'Record').length + lost(items)).toBe(records.length)
      }),
      { numRuns: 200 },
    )
  },
)

test.each(['removed', 'ragged'])('a row of the main table that is %s costs its record alone', damage => {
  fc.assert(
    fc.property(runs(distinct), places, (records, at) => {
      const items = read(records, 0, damage, at)
      const originals = new Set(records.map(text))
      const good = items.filter(item => item._tag === 'Record')
      for (const { value } of good) expect(originals).toContain(text(value))
      expect(good.length).toBe(Math.max(0, records.length - 1))
    }),
    { numRuns: 200 },
  )
})

test.each(['removed', 'doubled', 'ragged', 'quoted', 'unknown'])(
  'among records of one name, a row that is %s gives no record the row of another',
  damage => {
    fc.assert(
      fc.property(runs(repeated), fc.constantFrom(1, 2), places, (records, table, at) => {
        const items = read(records, table, damage, at)
        const originals = new Set(records.map(text))
        for (const item of items) if (item._tag === 'Record') expect(originals).toContain(text(item.value))
        expect(items.filter(({ _tag }) => _tag === 'Record').length + lost(items)).toBe(records.length)
      }),
      { numRuns: 300 },
    )
  },
)

const at = (...moments: ReadonlyArray<number>) => moments.map(moment => ({ at: moment }))

test('a missing row between those of one name gives no later record of that name the row of another', () => {
  const records: ReadonlyArray<Run> = [
    { id: 'b', events: at(1) },
    { id: 'a', events: at(2) },
    { id: 'b', events: at(3, 4) },
    { id: 'a', events: at(5) },
    { id: 'd', events: at(6) },
  ]
  const items = read(records, 1, 'removed', [1, 0])
  expect(items.map(item => (item._tag === 'Record' ? item.value.id : 'rejected'))).toEqual([
    'rejected',
    'rejected',
    'rejected',
    'rejected',
    'd',
  ])
})

const run = (id: string, files: number): Run => ({
  id,
  events: [],
  files: Array.from({ length: files }, (_, at) => ({ at })),
})

test('whatever was written is read back, also where records of one name are far from each other', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(3), fc.nat(3), (apart, first, second) => {
      const others = Array.from({ length: apart }, (_, i) => run(`r${i}`, 0))
      const records = [run('a', first), ...others, run('a', second), ...others]
      expect(
        decodeTables(tables)(encodeTables(tables)(records)).map(item => item._tag === 'Record' && item.value),
      ).toEqual(records)
    }),
  )
})

test('among records of one name, a ragged row of the main table gives no record the row of another', () => {
  fc.assert(
    fc.property(runs(repeated), places, (records, at) => {
      const originals = new Set(records.map(text))
      for (const item of read(records, 0, 'ragged', at))
        if (item._tag === 'Record') expect(originals).toContain(text(item.value))
    }),
    { numRuns: 300 },
  )
})

test('among records of one name, a row of the main table that is removed is not without a reject, if it has rows', () => {
  fc.assert(
    fc.property(runs(repeated), places, (records, at) => {
      const items = read(records, 0, 'removed', at)
      if (items.every(({ _tag }) => _tag === 'Record')) {
        const [i] = at
        const { events, files } = records[i % records.length] ?? { events: [] }
        expect([events, files ?? []]).toEqual([[], []])
      }
    }),
    { numRuns: 300 },
  )
})

test('of more than a mebibyte of records of one name only the last ones are rejected when their rows do not add up', () => {
  const note = 'x'.repeat(1000)
  const records = Array.from(
    { length: 3000 },
    (_, at): Run => ({ id: 'a', events: [Object.assign({ at }, { note })], files: [] }),
  )
  const inputs = encodeTables(tables)(records)
  expect(decodeTables(tables, 65_536)(inputs).map(item => item._tag === 'Record' && item.value)).toEqual(
    records,
  )
  const items = decodeTables(
    tables,
    65_536,
  )(inputs.map((input, i) => (i === 1 ? damaged(input, 'removed', [2999, 0]) : input)))
  const first = items.findIndex(({ _tag }) => _tag === 'Reject')
  expect(first).toBeGreaterThan(2000)
  expect(first).toBeLessThan(2100)
  expect(items.slice(first).every(({ _tag }) => _tag === 'Reject')).toBe(true)
  expect(items.map(({ line }) => line)).toEqual(records.map((_, i) => i + 2))
})
