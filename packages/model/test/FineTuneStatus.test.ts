import { Meta } from '@finetune-kit/codec'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FineTuneStatus } from '@finetune-kit/model'

const known = Meta.of(FineTuneStatus.FineTuneStatus).known ?? []
const statuses = fc.oneof(fc.constantFrom(...known, 'frozen', 'constructor', '__proto__', ''), fc.string())

describe('FineTuneStatus', () => {
  test('FineTuneStatus knows six words and accepts any', () => {
    expect(known).toEqual(['created', 'pending', 'running', 'succeeded', 'failed', 'cancelled'])
    expect(FineTuneStatus.FineTuneStatus.is('frozen')).toBe(true)
  })

  test('isTerminal is true of the ends of a life only', () => {
    expect(known.filter(FineTuneStatus.isTerminal)).toEqual(['succeeded', 'failed', 'cancelled'])
    expect(['frozen', 'constructor', ''].filter(FineTuneStatus.isTerminal)).toEqual([])
  })

  test('isLater is irreflexive, asymmetric and transitive', () => {
    fc.assert(
      fc.property(statuses, statuses, statuses, (a, b, c) => {
        expect(FineTuneStatus.isLater(a, a)).toBe(false)
        if (FineTuneStatus.isLater(a, b)) expect(FineTuneStatus.isLater(b, a)).toBe(false)
        if (FineTuneStatus.isLater(a, b) && FineTuneStatus.isLater(b, c))
          expect(FineTuneStatus.isLater(a, c)).toBe(true)
      }),
    )
  })

  test('isLater orders a life, and neither two ends nor unknown words', () => {
    expect([
      FineTuneStatus.isLater('pending', 'created'),
      FineTuneStatus.isLater('running', 'pending'),
      FineTuneStatus.isLater('failed', 'pending'),
    ]).toEqual([true, true, true])
    expect([
      FineTuneStatus.isLater('succeeded', 'cancelled'),
      FineTuneStatus.isLater('frozen', 'created'),
      FineTuneStatus.isLater('failed', 'frozen'),
    ]).toEqual([false, false, false])
  })
})
