import { decode, draw } from '@finetune-kit/codec'
import { Observation } from '@finetune-kit/model'
import { describe, expect, test } from 'vitest'

const seen: Observation = {
  object: 'finetune-kit.observation',
  seen_at: 1_700_000_000,
  source: 'https://api.openai.com/v1',
  run_id: 'ftjob-1',
  record: { object: 'fine_tuning.job.event', message: 'The job has started', data: null },
}

describe('Observation', () => {
  test('Observation keeps the record as it came', () => {
    expect(decode(Observation)(seen)).toEqual({ _tag: 'Right', right: seen })
  })

  test('Observation takes a record of no run', () => {
    expect(decode(Observation)({ ...seen, run_id: null })._tag).toBe('Right')
  })

  test('Observation takes nothing that JSON cannot hold', () => {
    const decoded = decode(Observation)({ ...seen, record: { at: new Date(0) } })
    expect(decoded._tag === 'Left' && draw(decoded.left)).toMatch(/^\/record\/at: expected JSON value, /)
    expect(decode(Observation)({ ...seen, record: undefined })._tag).toBe('Left')
  })

  test('Observation says what is wrong with it', () => {
    const decoded = decode(Observation)({ ...seen, object: 'observation', seen_at: '2026-01-01', run_id: 5 })
    expect(decoded._tag === 'Left' && draw(decoded.left)).toBe(
      [
        '/object: expected "finetune-kit.observation", found "observation"',
        '/seen_at: expected integer, found "2026-01-01"',
        '/run_id: expected string or null, found 5',
      ].join('\n'),
    )
  })
})
