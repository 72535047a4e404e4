import { record } from '@finetune-kit/codec'
import { type FineTuneEvent, FineTuneSnapshot } from '@finetune-kit/model'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { Merge } from '@finetune-kit/diff'
import { Box, box } from './boxes.ts'
import { edited, json } from './generators.ts'
import { DateFromISOString, pendingRun, succeededRun } from './samples.ts'

const pairs = <A>(values: fc.Arbitrary<A>) => fc.oneof(fc.tuple(values, values), edited(values))
const triples = <A>(values: fc.Arbitrary<A>) =>
  values.chain(base =>
    fc.tuple(
      fc.constant(base),
      edited(fc.constant(base)),
      fc.oneof(
        values,
        edited(fc.constant(base)).map(([, b]) => b),
      ),
    ),
  )

const laws = <A>(codec: t.Type<A, unknown>, values: fc.Arbitrary<A>) => {
  const { merge } = Merge.of(codec)

  test(`merge takes the only change there is, of ${codec.name}`, () => {
    fc.assert(
      fc.property(pairs(values), ([b, a]) => {
        expect(merge(b, a, a)).toEqual({ value: a, conflicts: [] })
        expect(merge(b, b, a)).toEqual({ value: a, conflicts: [] })
        expect(merge(b, a, b)).toEqual({ value: a, conflicts: [] })
      }),
      { numRuns: 300 },
    )
  })

  test(`merge has the same conflicts when the sides are swapped, of ${codec.name}`, () => {
    fc.assert(
      fc.property(triples(values), ([base, [, ours], theirs]) => {
        const one = merge(base, ours, theirs).conflicts.map(c => [c.base, c.ours, c.theirs])
        const other = merge(base, theirs, ours).conflicts.map(c => [c.base, c.theirs, c.ours])
        expect(new Set(one.map(text))).toEqual(new Set(other.map(text)))
      }),
      { numRuns: 300 },
    )
  })
}
const text = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => (v === undefined ? 'absent' : Object.is(v, -0) ? '-0' : v))

laws(Box, box)
laws(t.unknown, json)

const { merge } = Merge.of(FineTuneSnapshot)
const event = (created_at: number, message: string): FineTuneEvent => ({
  object: 'fine-tune-event',
  created_at,
  level: 'info',
  message,
})
const events = pendingRun.events ?? []

test('merge joins what two observers saw of a run', () => {
  const start = event(1_690_000_100, 'Fine-tune started')
  const ours = { ...pendingRun, status: 'running', updated_at: 1_690_000_100, events: [...events, start] }
  expect(merge(pendingRun, ours, succeededRun)).toEqual({ value: succeededRun, conflicts: [] })
  expect(merge(pendingRun, succeededRun, ours)).toEqual({ value: succeededRun, conflicts: [] })
})

const run = (...more: ReadonlyArray<FineTuneEvent>) => ({ ...pendingRun, events: [...events, ...more] })

test('merge unites events as a multiset, by time where each side has its own', () => {
  const [one, two, three] = [1, 2, 3].map(n => event(1_690_000_200 + n, `Completed epoch ${n}/3`)) as [
    FineTuneEvent,
    FineTuneEvent,
    FineTuneEvent,
  ]
  expect(merge(run(one), run(one, one, two), run(one, three)).value).toEqual(run(one, one, two, three))
  expect(merge(run(one), run(one, three), run(one, one, two)).value).toEqual(run(one, one, two, three))
})

test('merge merges files by their ids', () => {
  const [file] = pendingRun.training_files as [FineTuneSnapshot['training_files'][number]]
  const withFiles = (...training_files: ReadonlyArray<typeof file>) => ({
    ...pendingRun,
    training_files: [...training_files],
  })
  const other = { ...file, id: 'file-other' }
  expect(
    merge(
      withFiles(file),
      withFiles({ ...file, status: 'processed' }),
      withFiles(other, { ...file, filename: 'renamed' }),
    ),
  ).toEqual({ value: withFiles(other, { ...file, status: 'processed', filename: 'renamed' }), conflicts: [] })
  expect(merge(withFiles(file), withFiles(), withFiles({ ...file, filename: 'renamed' })).conflicts).toEqual([
    { path: '/training_files/0', base: file, ours: undefined, theirs: { ...file, filename: 'renamed' } },
  ])
})

test('merge says where the sides contradict each other, and keeps ours', () => {
  const ours = { ...pendingRun, status: 'failed', model: 'ada', extra: { a: 1 } }
  const theirs = { ...pendingRun, status: 'cancelled', model: 'babbage', extra: { a: 2, b: 3 } }
  const { value, conflicts } = merge(pendingRun, ours, theirs)
  expect(value).toEqual({ ...ours, extra: { a: 1, b: 3 } })
  expect(conflicts).toEqual([
    { path: '/model', base: 'curie', ours: 'ada', theirs: 'babbage' },
    { path: '/status', base: 'pending', ours: 'failed', theirs: 'cancelled' },
    { path: '/extra/a', base: undefined, ours: 1, theirs: 2 },
  ])
})

test('merge takes the later status', () => {
  const running = { ...pendingRun, status: 'running' }
  const failed = { ...pendingRun, status: 'failed' }
  expect(merge(pendingRun, failed, running).value.status).toBe('failed')
  expect(merge(pendingRun, running, failed)).toEqual({ value: failed, conflicts: [] })
  expect(merge(running, pendingRun, { ...running, status: 'paused' }).conflicts).toHaveLength(1)
})

test('merge is one conflict where the merged value would be none', () => {
  const Ordered = t.refinement(t.type({ low: t.number, high: t.number }), r => r.low <= r.high, 'Ordered')
  const base = { low: 1, high: 5 }
  expect(Merge.of(Ordered).merge(base, { low: 4, high: 5 }, { low: 1, high: 2 })).toEqual({
    value: { low: 4, high: 5 },
    conflicts: [{ path: '', base, ours: { low: 4, high: 5 }, theirs: { low: 1, high: 2 } }],
  })
})

test('merge keeps values that the codec converted', () => {
  const { merge } = Merge.of(record('Seen', { at: DateFromISOString, n: t.number }))
  const base = { at: new Date(0), n: 1 }
  const at = new Date(1000)
  expect(merge(base, { ...base, at }, { ...base, n: 2 })).toEqual({ value: { at, n: 2 }, conflicts: [] })
})

const seen = (at: number, n: number) => ({ at: new Date(at), n })

test('merge takes two dates of the same instant for equal', () => {
  const { merge } = Merge.of(record('Seen', { at: DateFromISOString, n: t.number }))
  expect(merge(seen(0, 1), seen(5, 1), seen(5, 2))).toEqual({ value: seen(5, 2), conflicts: [] })
  expect(merge(seen(0, 1), seen(0, 2), seen(5, 1))).toEqual({ value: seen(5, 2), conflicts: [] })
  expect(merge(seen(0, 1), seen(4, 1), seen(5, 1)).conflicts).toHaveLength(1)
})

test('merge is one conflict in both orders where the merged value would be none in one', () => {
  const Tagged = t.union([
    t.type({ tag: t.literal('a'), x: t.string }),
    t.type({ tag: t.literal('b') }),
    record('C', { tag: t.literal('c') }, { x: t.number }),
  ])
  const { merge } = Merge.of(Tagged)
  const [base, ours, theirs] = [{ tag: 'b' }, { tag: 'a', x: '1' }, { tag: 'c' }] as const
  expect(merge(base, ours, theirs)).toEqual({ value: ours, conflicts: [{ path: '', base, ours, theirs }] })
  expect(merge(base, theirs, ours)).toEqual({
    value: theirs,
    conflicts: [{ path: '', base, ours: theirs, theirs: ours }],
  })
})
