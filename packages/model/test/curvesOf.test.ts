import { Curve, curvesOf, joinCurves } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkpoint, event, jobEvent } from './samples.ts'

/** Each curve on a line: `metric: step=value source, …`. */
const drawn = (curves: ReadonlyArray<Curve>) =>
  curves.map(
    ({ metric, points }) =>
      `${metric}: ${points.map(({ step, value, source }) => `${step}=${value} ${source}`).join(', ')}`,
  )

const results = [
  ResultMetrics.parse(
    'step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy\n1,2.5,0.4,,\n2,2,0.5,2.25,0.45\n4,1.5,0.7,,\n,9,9,9,9\n',
  ),
]
const events = [
  jobEvent(10, 'Step 2/5: training loss=2.01', { step: 2, train_loss: 2.0125, total_steps: 5 }),
  jobEvent(11, 'Step 3/5: training loss=1.70', { step: 3, train_loss: 1.7, train_mean_token_accuracy: 0.6 }),
  jobEvent(12, 'Step 5/5: training loss=1.60, full validation loss=1.90'),
  jobEvent(13, 'Fine-tuning job started'),
]
const checkpoints = [
  checkpoint(3, { step: 0.123, train_loss: 9, full_valid_loss: 2.5 }),
  checkpoint(5, { full_valid_loss: 1.875 }),
]

const mixed = <A>(all: ReadonlyArray<A>) =>
  fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })

const values = (step: number) => jobEvent(step, 'metrics', { step, train_loss: 1, oven_heat: step })

describe('curvesOf', () => {
  test('joinCurves gives the curves of all from those of two parts', () => {
    const others = { events, checkpoints }
    expect(joinCurves(curvesOf(others), curvesOf({ results }))).toEqual(curvesOf({ ...others, results }))
    expect(joinCurves(curvesOf({ results }), curvesOf(others))).toEqual(curvesOf({ ...others, results }))
    expect(joinCurves(curvesOf(others), [])).toEqual(curvesOf(others))
    const again = [ResultMetrics.parse('step,train_loss\n1,7\n')]
    expect(drawn(joinCurves(curvesOf({ results }), curvesOf({ results: again })))[0]).toContain('1=7 results')
  })

  test('curvesOf merges all sources by step, the most exact first, and leaves gaps', () => {
    expect(drawn(curvesOf({ events, checkpoints, results }))).toEqual([
      'train_loss: 1=2.5 results, 2=2 results, 3=1.7 event, 4=1.5 results, 5=1.6 message',
      'valid_loss: 2=2.25 results',
      'full_valid_loss: 3=2.5 checkpoint, 5=1.875 checkpoint',
      'train_mean_token_accuracy: 1=0.4 results, 2=0.5 results, 3=0.6 event, 4=0.7 results',
      'valid_mean_token_accuracy: 2=0.45 results',
    ])
  })

  test('curvesOf gives the best value next to the last', () => {
    const [loss, , , accuracy] = curvesOf({ events, checkpoints, results })
    expect(loss).toMatchObject({ best: { step: 4, value: 1.5 }, last: { step: 5, value: 1.6 } })
    expect(accuracy).toMatchObject({ best: { step: 4, value: 0.7 }, last: { step: 4, value: 0.7 } })
  })

  test('curvesOf takes the first of equal bests, and knows no best of a metric it does not know', () => {
    expect(curvesOf({ events: [values(1), values(2)] })).toMatchObject([
      { metric: 'train_loss', best: { step: 1 } },
      { metric: 'oven_heat', best: null, last: { step: 2 } },
    ])
  })

  test('curvesOf reads the result file of a fine-tune by the names of jobs', () => {
    const text =
      'step,elapsed_tokens,elapsed_examples,training_loss,training_sequence_accuracy,training_token_accuracy,validation_loss,classification/accuracy,classification/f1.0\n1,228,4,1.5,0.0,0.5,1.25,-1,0.5\n'
    expect(drawn(curvesOf({ results: [ResultMetrics.parse(text)] }))).toEqual([
      'train_loss: 1=1.5 results',
      'valid_loss: 1=1.25 results',
      'train_mean_token_accuracy: 1=0.5 results',
      'train_sequence_accuracy: 1=0 results',
      'classification/f1.0: 1=0.5 results',
    ])
  })

  test('curvesOf reads the rewards of reinforcement', () => {
    const data = { step: 10, total_steps: 20, train_mean_reward: 0.4215, usage: { train: 1 }, errors: [] }
    const message = 'Step 10/20 , train mean reward=0.42, full validation mean reward=0.68'
    expect(drawn(curvesOf({ events: [jobEvent(1, message, data)] }))).toEqual([
      'train_mean_reward: 10=0.4215 event',
      'full_valid_mean_reward: 10=0.68 message',
    ])
  })

  test('curvesOf lets the later of two events tell a step that a resumed job went through again', () => {
    const again = [jobEvent(1, 'a', { step: 1, train_loss: 3 }), jobEvent(2, 'a', { step: 1, train_loss: 2 })]
    expect(drawn(curvesOf({ events: again }))).toEqual(['train_loss: 1=2 event'])
    expect(drawn(curvesOf({ events: again.toReversed() }))).toEqual(['train_loss: 1=2 event'])
  })

  test('curvesOf finds no curve where nothing is measured', () => {
    expect(curvesOf({})).toEqual([])
    expect(curvesOf({ events: [event(1, 'Completed epoch 1/4')], checkpoints: [checkpoint(1)] })).toEqual([])
  })

  test('curvesOf is the same when records repeat and in whatever order they come', () => {
    const more = ResultMetrics.parse('step,train_loss\n1,2.4\n7,1\n')
    const whole = curvesOf({ events, checkpoints, results: [...results, more] })
    fc.assert(
      fc.property(mixed(events), mixed(checkpoints), mixed([...results, more]), (a, b, c) => {
        expect(curvesOf({ events: a, checkpoints: b, results: c })).toEqual(whole)
      }),
    )
  })

  test('curvesOf never throws', () => {
    const anyKey = fc.dictionary(
      fc.constantFrom('rows', 'values', 'step', 'metrics', 'data', 'created_at'),
      fc.anything(),
    )
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.oneof(anyKey, fc.anything())), (a, b) => {
        curvesOf(a as never)
        for (const curve of curvesOf({ events: b, checkpoints: b, results: b } as never))
          expect(Curve.is(curve)).toBe(true)
      }),
    )
  })

  test('curvesOf takes a result file of a hundred thousand rows', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => ({
      line: i + 2,
      step: i,
      values: { step: i, train_loss: i },
    }))
    expect(curvesOf({ results: [{ columns: [], rows, problems: [] }] })[0]?.points).toHaveLength(100_000)
  })
})
