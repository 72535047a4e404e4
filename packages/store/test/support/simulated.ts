import type { Observation } from '@finetune-kit/model'
import { simulateRuns } from '@finetune-kit/model/testing'

/** Snapshots of simulated runs as observations, seen when each last changed. */
export const observations = (source = 'test'): ReadonlyArray<Observation> =>
  simulateRuns().map(record => ({
    object: 'finetune-kit.observation',
    seen_at: record.updated_at,
    source,
    run_id: record.id,
    record,
  }))
