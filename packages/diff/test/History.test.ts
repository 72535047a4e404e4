import { decode, record } from '@finetune-kit/codec'
import { FineTuneSnapshot } from '@finetune-kit/model'
import * as fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { History } from '@finetune-kit/diff'
import { Box, box } from './boxes.ts'
import { DateFromISOString, pendingRun, succeededRun } from './samples.ts'

const runs = History.of(FineTuneSnapshot, { keyframeEvery: 4 })

const written = <A>(historian: History.HistoryOps<A>, values: ReadonlyArray<A>): History.History<A> =>
  values.reduce((history, value) => {
    const longer = historian.append(value)(history)
    if (E.isLeft(longer)) throw new Error(longer.left.reason)
    return longer.right
  }, historian.empty)

const snapshots = Array.from({ length: 10 }, (_, i) => ({
  ...pendingRun,
  updated_at: i,
  note: '~'.repeat(i),
}))
const history = written(runs, snapshots)

test('History has every value that was appended, after a trip through JSON too', () => {
  const boxes = History.of(Box, { keyframeEvery: 3 })
  fc.assert(
    fc.property(fc.array(box, { maxLength: 8 }), values => {
      const history = written(boxes, values)
      expect(E.isRight(boxes.verify(history))).toBe(true)
      if (values.length > 0) expect(boxes.latest(structuredClone(history))).toEqual(E.right(values.at(-1)))
      expect(decode(boxes.codec)(history)).toEqual(E.right(history))
    }),
    { numRuns: 100 },
  )
  const again = decode(runs.codec)(JSON.parse(JSON.stringify(history))) as E.Right<typeof history>
  expect(snapshots.map((_, n) => runs.at(n)(again.right))).toEqual(snapshots.map(E.right))
})

test('History keeps one whole value in so many', () => {
  expect(history.entries.map(entry => 'value' in entry)).toEqual([
    true,
    false,
    false,
    false,
    true,
    false,
    false,
    false,
    true,
    false,
  ])
})

test('History.append gives back the same history when nothing changed', () => {
  expect(runs.append(structuredClone(snapshots[9]) as FineTuneSnapshot)(history)).toEqual(E.right(history))
  expect((runs.append(snapshots[9] as FineTuneSnapshot)(history) as E.Right<unknown>).right).toBe(history)
})

test('History.at reads no entry before its keyframe', () => {
  const [, ...rest] = history.entries
  const beheaded = { entries: [{ digest: '', delta: [] }, ...rest] }
  expect(runs.at(7)(beheaded)).toEqual(E.right(snapshots[7]))
})

test('History.at says which entries there are', () => {
  for (const n of [-1, 10, 0.5, Number.NaN])
    expect(runs.at(n)(history)).toEqual(
      E.left({ _tag: 'HistoryError', index: n, reason: 'there are 10 entries, from 0' }),
    )
  expect(runs.latest(runs.empty)).toEqual(
    E.left({ _tag: 'HistoryError', index: -1, reason: 'there are 0 entries, from 0' }),
  )
})

const damaged = (index: number, reason: string) => E.left({ _tag: 'HistoryError', index, reason })

test('History.verify finds damage, and where', () => {
  const entries = structuredClone(history.entries) as Array<
    History.ValueEntry<FineTuneSnapshot> | History.DeltaEntry
  >
  const withEntry = (n: number, entry: object) => ({
    entries: entries.with(n, { ...entries[n], ...entry } as never),
  })
  const other = 'the value is not the one that the digest was made of'

  expect(runs.verify(withEntry(4, { value: succeededRun }))).toEqual(damaged(4, other))
  expect(runs.verify(withEntry(5, { digest: '00' }))).toEqual(damaged(5, other))
  expect(runs.verify(withEntry(6, { delta: [] }))).toEqual(damaged(6, other))
  expect(runs.verify({ entries: entries.toSpliced(2, 1) })).toEqual(
    damaged(2, 'operation 0 at "/updated_at" fails: the value is not the one that the delta was made from'),
  )
  expect(runs.latest(withEntry(9, { delta: [{ op: 'remove', path: '/nothing', was: 1 }] }))).toEqual(
    damaged(9, 'operation 0 at "/nothing" fails: there is no key "nothing"'),
  )
  expect(runs.verify(history)).toEqual(E.right(history.entries.at(-1)?.digest))
})

test('History gives the type of its codec', () => {
  expectTypeOf(runs.latest(history)).toEqualTypeOf<E.Either<History.HistoryError, FineTuneSnapshot>>()
})

const nextOf = <A>(
  ops: History.HistoryOps<A>,
  value: A,
  head: History.Head<A> | undefined,
  digest?: string,
): History.NextEntry<A> => {
  const found = ops.next(value, digest)(head)
  if (E.isLeft(found) || found.right === undefined) throw new Error('no entry')
  return found.right
}

test('History.next makes the entries of append from the head alone', () => {
  let head: History.Head<FineTuneSnapshot> | undefined
  const entries = snapshots.map(value => {
    const added = nextOf(runs, value, head)
    expect(runs.valueDigest(structuredClone(value))).toEqual(E.right(added.valueDigest))
    expect(nextOf(runs, value, head, added.valueDigest)).toEqual(added)
    head = added.head
    return added.entry
  })
  expect(entries).toEqual(history.entries)
  expect(runs.next(snapshots[9] as FineTuneSnapshot)(head)).toEqual(E.right(undefined))
})

test('History refuses a value that no text can store', () => {
  const events = History.of(record('Seen', { at: DateFromISOString }))
  const error = damaged(0, 'the value holds an object of a class, which JSON cannot store')
  expect(events.append({ at: new Date(0) })(events.empty)).toEqual(error)
  expect(events.valueDigest({ at: new Date(0) })).toEqual(error)
})

const broken = (entry: unknown) => ({ entries: [history.entries[0], entry] }) as typeof history

test('History.at of entries that were not decoded is an error value', () => {
  expect(runs.at(1)(broken(null))).toEqual(damaged(1, 'the entry is not an object'))
  expect(runs.append(pendingRun)(broken(null))).toEqual(damaged(1, 'the entry is not an object'))
  expect(runs.at(1)(broken({ digest: '' }))).toEqual(
    damaged(1, 'operation -1 at "" fails: a patch is a list of operations'),
  )
})

test.each([null, undefined, 1, 'x', [], {}, { entries: null }, { entries: 'x' }, { entries: { length: 1 } }])(
  'a History that was not decoded is an error value: %j',
  value => {
    const undecoded = value as typeof history
    const error = damaged(-1, 'a history is an object with a list of entries')
    expect(runs.at(0)(undecoded)).toEqual(error)
    expect(runs.latest(undecoded)).toEqual(error)
    expect(runs.verify(undecoded)).toEqual(error)
    expect(runs.append(pendingRun)(undecoded)).toEqual(error)
  },
)
