import { stepTimesOf } from '@finetune-kit/model'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkpoint, jobEvent } from './samples.ts'

const events = [
  jobEvent(10, 'Step 1/5: training loss=2.01', { step: 1 }),
  jobEvent(12, 'Step 3/5: training loss=1.70'),
  jobEvent(13, 'Fine-tuning job started'),
]

describe('stepTimesOf', () => {
  test('stepTimesOf reads events and checkpoints', () => {
    const checkpoints = [{ ...checkpoint(5, {}), created_at: 20 }]
    expect(stepTimesOf({ events, checkpoints })).toEqual([
      { step: 1, at: 10 },
      { step: 3, at: 12 },
      { step: 5, at: 20 },
    ])
  })

  test('stepTimesOf takes the last time of a step that a resumed run did again', () => {
    const again = [...events, jobEvent(30, 'again', { step: 2 }), jobEvent(31, 'again', { step: 3 })]
    expect(stepTimesOf({ events: again })).toEqual([
      { step: 1, at: 10 },
      { step: 2, at: 30 },
      { step: 3, at: 31 },
    ])
  })

  test('stepTimesOf ascends, whatever the order of the records is', () => {
    const event = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .map(([at, step]) => jobEvent(at, 'metrics', { step }))
    fc.assert(
      fc.property(fc.array(event), events => {
        const times = stepTimesOf({ events })
        expect(stepTimesOf({ events: [...events, ...events].toReversed() })).toEqual(times)
        for (const [i, { step, at }] of times.slice(1).entries()) {
          expect(step).toBeGreaterThan(times[i]?.step ?? 0)
          expect(at).toBeGreaterThanOrEqual(times[i]?.at ?? 0)
        }
      }),
    )
  })

  test('stepTimesOf takes anything', () => {
    fc.assert(
      fc.property(fc.anything(), anything => {
        expect(Array.isArray(stepTimesOf(anything as never))).toBe(true)
        expect(stepTimesOf({ events: [anything], checkpoints: [anything] } as never)).toEqual([])
      }),
    )
  })
})
