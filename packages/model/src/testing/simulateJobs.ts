import type { FineTuningJobCheckpoint } from '../job/FineTuningJobCheckpoint.ts'
import type { FineTuningJobEvent } from '../job/FineTuningJobEvent.ts'
import type { FineTuningJobSnapshot } from '../job/FineTuningJobSnapshot.ts'
import type { Observation } from '../Observation.ts'
import { type JobPlan, jobPlans } from './JobPlan.ts'
import { openStage } from './JobStage.ts'
import { playJob } from './playJob.ts'
import { seeded } from './Random.ts'

/** Everything that a service would have written about one job. */
export interface SimulatedJob {
  readonly id: string
  /** A snapshot after each change. */
  readonly snapshots: ReadonlyArray<FineTuningJobSnapshot>
  /** Oldest first. */
  readonly events: ReadonlyArray<FineTuningJobEvent>
  readonly checkpoints: ReadonlyArray<FineTuningJobCheckpoint>
  /** The text of the result file; null where there is none. */
  readonly results: string | null
  /** All of the above but the file, as somebody who watched the job has seen it. */
  readonly observations: ReadonlyArray<Observation>
}

/** Returns the whole lives of many jobs. The same seed returns the same jobs. */
export const simulateJobs = (
  seed = 1,
  plans: ReadonlyArray<JobPlan> = jobPlans,
): ReadonlyArray<SimulatedJob> =>
  plans.map((plan, index) => {
    const random = seeded(seed * 1000 + 500 + index)
    const stage = openStage(plan, random)
    const results = playJob(plan, random, stage)
    return { id: stage.job().id, ...stage.written, results }
  })

/** Returns the observations of all jobs, in the order of time. */
export const observationsOf = (jobs: ReadonlyArray<SimulatedJob>): ReadonlyArray<Observation> =>
  jobs.flatMap(job => job.observations).toSorted((a, b) => a.seen_at - b.seen_at)
