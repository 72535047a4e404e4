import { progressOf } from '@finetune-kit/model'
import { simulateJobs } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { stagesOf } from '@finetune-kit/report'

test('stagesOf tells the stages of a job, each ending where the next begins', () => {
  for (const { snapshots, events } of simulateJobs()) {
    const last = snapshots.at(-1)
    if (last === undefined) throw new Error('a job without a snapshot')
    const stages = stagesOf(progressOf(last, { events }))
    expect(stages[0]).toMatchObject({ name: 'validating', from: last.created_at })
    expect(stages.at(-1)?.to).toBe(null)
    for (const [i, { from, to }] of stages.slice(0, -1).entries()) {
      expect(to).toBe(stages[i + 1]?.from)
      expect(to).toBeGreaterThanOrEqual(from)
    }
  }
})
