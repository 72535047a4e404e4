import { progressOf } from '@finetune-kit/model'
import { simulateJobs } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { stagesOf } from '@finetune-kit/report'

test('stagesOf tells the stages of a job, each ending where the next begins', () => {
  for (const { snapshots, events } of simulateJobs()) {
    const last = snapshots.at(-1)
    if (last === undefined) throw new Error('a job without a snapshot')
    const progress = progressOf(last, { events })
    const stages = stagesOf(progress)
    const first = progress.queuedAt === null ? 'created' : 'validating'
    expect(stages[0]).toMatchObject({ name: first, from: last.created_at })
    expect(stages.at(-1)?.to).toBe(null)
    for (const [i, { from, to }] of stages.slice(0, -1).entries()) {
      expect(to).toBe(stages[i + 1]?.from)
      expect(to).toBeGreaterThanOrEqual(from)
    }
  }
})

test('stagesOf tells no stage that no record tells', () => {
  const last = simulateJobs()[0]?.snapshots.at(-1)
  if (last === undefined) throw new Error('a job without a snapshot')
  expect(stagesOf(progressOf(last, {})).map(({ name }) => name)).toEqual(['created', 'succeeded'])
  const { finished_at: _, ...lasting } = last
  const first = (status: string) => stagesOf(progressOf({ ...lasting, status }, {}))[0]?.name
  expect(['validating_files', 'queued', 'running'].map(first)).toEqual(['validating', 'created', 'created'])
})
