import { Arbitrary } from '@finetune-kit/codec/testing'
import {
  curvesOf,
  FineTuneEvent,
  FineTuneSnapshot,
  FineTuningJobCheckpointSnapshot,
  FineTuningJobEventSnapshot,
  FineTuningJobSnapshot,
  progressOf,
  type Run,
  type RunEvent,
  summaryOf,
} from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

const sentences = [
  'Step N/9: training loss=0.N',
  'Step N/9 , train mean reward=0.N',
  'Step N: training loss=N.5',
  'Completed epoch N/9',
  'Fine-tune is in the queue. Queue number: N',
  'Fine-tune costs $N.50',
  'Fine-tune enqueued. Queue number: N',
  'Training tokens billed: N000',
  'Fine-tune started',
  'Fine-tune failed. Reason N',
  'Fine-tune succeeded',
  'Fine-tune cancelled',
  'Job succeeded.',
  'Uploaded model: curie:ft-N',
  'Uploaded result file: file-N',
  'Created fine-tune: ft-N',
  'Files validated, moving job to queued state',
  'Fine-tuning job started',
  'Something N',
  'Checkpoint created at step N with Snapshot ID: ft:N',
  'The job has successfully completed',
]

/** Sentences of both families, with numbers that meet. */
const sentence = fc.oneof(
  fc
    .tuple(fc.constantFrom(...sentences), fc.integer({ min: 0, max: 9 }))
    .map(([text, n]) => text.replaceAll('N', String(n))),
  fc.string(),
)

const small = fc.integer({ min: 0, max: 5 })
const metric = fc.oneof(small, fc.constantFrom(null, Number.NaN, 'NaN', -1, 0.25), fc.anything())
const data = fc.oneof(
  fc.dictionary(fc.constantFrom('step', 'total_steps', 'train_loss', 'valid_loss', 'error', 'x'), metric),
  fc.anything(),
)

/** The value with these fields, in some of which others are likely to have the same. */
const having = <A>(values: fc.Arbitrary<A>, fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc
    .tuple(values, fc.record(fields, { requiredKeys: [] }))
    .map(([value, some]) => Object.assign({}, value, some))

const event: fc.Arbitrary<RunEvent> = fc.oneof(
  having(Arbitrary.of(FineTuneEvent), { created_at: small, message: sentence }),
  having(Arbitrary.of(FineTuningJobEventSnapshot), { created_at: small, message: sentence, data }),
)
const checkpoint = having(Arbitrary.of(FineTuningJobCheckpointSnapshot), {
  created_at: small,
  step_number: small,
})
const results = fc
  .array(fc.tuple(small, small, small), { maxLength: 4 })
  .map(rows => ResultMetrics.parse(`step,train_loss,valid_loss\n${rows.join('\n')}\n`))

/** Some values, and the same in another order and partly twice. */
const again = <A>(values: fc.Arbitrary<A>): fc.Arbitrary<readonly [ReadonlyArray<A>, ReadonlyArray<A>]> =>
  fc.array(values, { maxLength: 8 }).chain(all =>
    fc
      .tuple(fc.subarray(all), fc.constant(all))
      .chain(([twice]) => fc.shuffledSubarray([...all, ...twice], { minLength: all.length + twice.length }))
      .map(mixed => [all, mixed] as const),
  )

const run: fc.Arbitrary<Run> = fc.oneof(
  Arbitrary.of(FineTuneSnapshot),
  having(Arbitrary.of(FineTuningJobSnapshot), {
    status: fc.constantFrom('queued', 'running', 'succeeded', 'failed', 'paused'),
    created_at: small,
  }),
)

const runs = { numRuns: 300 }

test('progressOf does not change when events and checkpoints repeat or come in another order', () => {
  fc.assert(
    fc.property(run, again(event), again(checkpoint), (one, [events, mixed], [checkpoints, others]) => {
      expect(progressOf(one, { events: mixed, checkpoints: others })).toEqual(
        progressOf(one, { events, checkpoints }),
      )
    }),
    runs,
  )
})

test('progressOf a fine-tune does not change when its own events repeat or come in another order', () => {
  fc.assert(
    fc.property(Arbitrary.of(FineTuneSnapshot), again(event), (one, [events, mixed]) => {
      expect(progressOf({ ...one, events: [...mixed] })).toEqual(progressOf({ ...one, events: [...events] }))
    }),
    runs,
  )
})

test('curvesOf does not change when records repeat or come in another order', () => {
  fc.assert(
    fc.property(again(event), again(checkpoint), again(results), ([a, b], [c, d], [e, f]) => {
      expect(curvesOf({ events: b, checkpoints: d, results: f })).toEqual(
        curvesOf({ events: a, checkpoints: c, results: e }),
      )
    }),
    runs,
  )
})

test('summaryOf does not change when records repeat or come in another order', () => {
  fc.assert(
    fc.property(run, again(event), again(results), (one, [a, b], [c, d]) => {
      expect(summaryOf(one, { events: b, results: d })).toEqual(summaryOf(one, { events: a, results: c }))
    }),
    runs,
  )
})
