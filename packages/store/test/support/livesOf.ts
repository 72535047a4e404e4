import { observationsOf, simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import type { ImportRecord } from '../../src/sortRecords.ts'

/** The whole lives of the simulated runs of a seed, as the records of an input. */
export const livesOf = (seed: number): ReadonlyArray<ImportRecord> => {
  const runs = simulateRuns(seed).map(record => ({
    object: 'finetune-kit.observation' as const,
    seen_at: record.updated_at,
    source: `seed ${seed}`,
    run_id: record.id,
    record,
  }))
  return [...observationsOf(simulateJobs(seed)), ...runs].map((value, offset) => ({
    _tag: 'Record',
    value,
    offset,
  }))
}
