import { Meta } from '@finetune-kit/codec'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FineTuneStatus, isTerminalStatus, isLaterStatus } from '@finetune-kit/model'

const known = Meta.of(FineTuneStatus).known ?? []
const statuses = fc.oneof(fc.constantFrom(...known, 'frozen', 'constructor', '__proto__', ''), fc.string())

describe('FineTuneStatus', () => {
  test('FineTuneStatus knows six words and accepts any', () => {
    expect(known).toEqual(['created', 'pending', 'running', 'succeeded', 'failed', 'cancelled'])
    expect(FineTuneStatus.is('frozen')).toBe(true)
  })

  test('isTerminal is true of the ends of a life only', () => {
    expect(known.filter(isTerminalStatus)).toEqual(['succeeded', 'failed', 'cancelled'])
    expect(['frozen', 'constructor', ''].filter(isTerminalStatus)).toEqual([])
  })

  test('isLater is irreflexive, asymmetric and transitive', () => {
    fc.assert(
      fc.property(statuses, statuses, statuses, (a, b, c) => {
        expect(isLaterStatus(a, a)).toBe(false)
        if (isLaterStatus(a, b)) expect(isLaterStatus(b, a)).toBe(false)
        if (isLaterStatus(a, b) && isLaterStatus(b, c)) expect(isLaterStatus(a, c)).toBe(true)
      }),
    )
  })

  test('isLater orders a life, and neither two ends nor unknown words', () => {
    expect([
      isLaterStatus('pending', 'created'),
      isLaterStatus('running', 'pending'),
      isLaterStatus('failed', 'pending'),
    ]).toEqual([true, true, true])
    expect([
      isLaterStatus('succeeded', 'cancelled'),
      isLaterStatus('frozen', 'created'),
      isLaterStatus('failed', 'frozen'),
    ]).toEqual([false, false, false])
  })
})
