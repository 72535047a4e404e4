import type { Observation } from '@finetune-kit/model'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'

const jobs = simulateJobs().flatMap(({ snapshots }) => snapshots.slice(-1))
const samples = [...jobs, ...simulateRuns().slice(-20)]

/** The last snapshots of many runs, each with an id, a time and a model of its own. */
export const manyRuns = function* (count: number): Generator<Observation> {
  for (let i = 0; i < count; i++) {
    const sample = samples[i % samples.length] as (typeof samples)[number]
    const createdAt = 1_600_000_000 + ((i * 7919) % 100_000_000)
    yield {
      object: 'finetune-kit.observation',
      seen_at: createdAt + 1000,
      source: 'torture',
      run_id: null,
      record: {
        ...(sample as object),
        id: `${sample.id}-${i.toString(36)}`,
        created_at: createdAt,
        fine_tuned_model: sample.fine_tuned_model === null ? null : `${sample.fine_tuned_model}-${i}`,
      },
    }
  }
}
