/** The law of batches: their values and bad records, in order, are the input. */
import { malformed } from '@finetune-kit/codec'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { CanonicalJson, type ReadResult, Ndjson, type Reject } from '@finetune-kit/serialization'
import {
  concatBatches,
  type Batch,
  batchResults,
  tally,
  encodeBatch,
} from '@finetune-kit/serialization/worker'

const reject = (offset: number, records?: number): ReadResult<number> => ({
  _tag: 'Reject',
  offset,
  raw: new Uint8Array(0),
  error: malformed('text', 'bad', { offset, line: 1, column: 1 }),
  ...(records !== undefined && { records }),
})
const item = fc.oneof(
  fc.nat().map((value): ReadResult<number> => ({ _tag: 'Record', offset: value, value })),
  fc
    .tuple(fc.nat(), fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }))
    .map(args => reject(...args)),
)

test('batchResults keeps the order of its items, and its counts add up', () => {
  fc.assert(
    fc.property(fc.array(item), items => {
      const count = tally()
      const batches = batchResults<number>(count, false)(items)
      const flat = batches.flatMap(({ values, bad }) => [values, bad].flat())
      expect(flat).toEqual(items.map(one => (one._tag === 'Record' ? one.value : one)))
      expect(count.read - count.rejected).toBe(items.filter(({ _tag }) => _tag === 'Record').length)
    }),
  )
})

test('batchResults takes nothing from behind the first bad item, where it is to be the last', () => {
  fc.assert(
    fc.property(fc.array(item), items => {
      const first = items.findIndex(({ _tag }) => _tag === 'Reject')
      const before = first === -1 ? items : items.slice(0, first + 1)
      const [count, whole] = [tally(), tally()]
      function* given(): Generator<ReadResult<number>> {
        yield* before
        if (first !== -1) throw new Error('asked for more')
      }
      const batches = batchResults<number>(count, true)(given())
      expect(batches).toEqual(batchResults<number>(whole, false)(before))
      expect(count).toEqual(whole)
      expect(batches.length).toBe(1)
    }),
  )
})

const texts = (parts: ReadonlyArray<Uint8Array>) => parts.map(part => new TextDecoder().decode(part))

test('encodeBatch stops at the first record that cannot be written, or says which ones could not', () => {
  const values = ['a', '\ud800', 'b', '\udc00']
  const [stopped, whole] = [tally(), tally()]
  const first = { _tag: 'UnencodableRecord', index: 1, value: '\ud800' }
  const one = encodeBatch(CanonicalJson.of(t.unknown).writer(), stopped, true)(values)
  expect([texts(one.values), one.bad.length]).toEqual([['["a"'], 1])
  expect(one.bad).toMatchObject([first])
  expect(stopped).toEqual({ ...tally(), written: 1, rejected: 1 })
  const write = encodeBatch(CanonicalJson.of(t.unknown).writer(), whole, false)
  const all = [write(values), write(['c', '\ud800'])]
  expect(all.map(batch => texts(batch.values))).toEqual([['["a","b"'], [',"c"']])
  expect(all.flatMap(({ bad }) => bad)).toMatchObject([
    first,
    { _tag: 'UnencodableRecord', index: 3, value: '\udc00' },
    { _tag: 'UnencodableRecord', index: 5, value: '\ud800' },
  ])
  expect(whole).toEqual({ ...tally(), written: 3, rejected: 3 })
})

test('encodeBatch gives bytes even of nothing', () => {
  expect(encodeBatch(Ndjson.of(t.unknown).writer(), tally(), true)([])).toEqual({
    values: [new Uint8Array(0)],
    bad: [],
  })
})

const flat = (of: ReadonlyArray<Batch<Uint8Array>>) =>
  of.flatMap(({ values, bad }) => [...values.flatMap(bytes => [...bytes]), ...bad])

test('concatBatches keeps all bytes and all that is bad in their order, with one part before each bad batch', () => {
  const part = fc.uint8Array({ maxLength: 3 })
  const join = concatBatches()
  const bad = fc.array(
    fc.nat().map(offset => reject(offset) as Reject),
    { maxLength: 2 },
  )
  fc.assert(
    fc.property(fc.array(fc.record({ values: fc.array(part), bad })), batches => {
      const all = join(batches)
      expect(flat(all)).toEqual(flat(batches))
      expect(all.length).toBe(batches.filter(one => one.bad.length > 0).length + 1)
      expect(all.every(({ values }) => values.length === 1)).toBe(true)
    }),
  )
})
