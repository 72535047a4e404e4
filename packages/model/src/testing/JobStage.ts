import type { FineTuningJobCheckpoint } from '../job/FineTuningJobCheckpoint.ts'
import type { FineTuningJobEvent } from '../job/FineTuningJobEvent.ts'
import type { FineTuningJobSnapshot } from '../job/FineTuningJobSnapshot.ts'
import { type Observation, observe } from '../Observation.ts'
import { createdJob, withoutNullKeys } from './createdJob.ts'
import type { JobPlan } from './JobPlan.ts'
import type { Random } from './Random.ts'
import type { SimulatedStep } from './trainingCurve.ts'

/** The parts of a service that the play uses: a clock, a job that changes, and what was written. */
export interface JobStage {
  readonly job: () => FineTuningJobSnapshot
  readonly id: (prefix: string, length: number) => string
  readonly wait: (low: number, high: number) => void
  readonly change: (fields: Partial<FineTuningJobSnapshot>) => void
  readonly say: (message: string, data?: unknown, level?: string) => void
  readonly checkpoint: (step: SimulatedStep, model: string) => void
  readonly now: () => number
  readonly written: {
    readonly snapshots: Array<FineTuningJobSnapshot>
    readonly events: Array<FineTuningJobEvent>
    readonly checkpoints: Array<FineTuningJobCheckpoint>
    readonly observations: Array<Observation>
  }
}

/** Opens the stage with a job that was just created. */
export const openStage = (plan: JobPlan, random: Random): JobStage => {
  let now = Date.parse(plan.starts) / 1000
  const isAzure = plan.dialect === 'azure'
  const id = (prefix: string, length: number) =>
    `${prefix}${isAzure ? Array.from({ length: 32 }, () => random.int(0, 15).toString(16)).join('') : random.word(length)}`
  let job = createdJob(plan, now, id)
  const written: JobStage['written'] = { snapshots: [], events: [], checkpoints: [], observations: [] }
  const see = (record: object): void => {
    const source = isAzure ? 'https://harbour-lab.openai.azure.com/openai' : 'https://api.openai.com/v1'
    written.observations.push(
      observe({ seenAt: now, source, runId: job.id })(JSON.parse(JSON.stringify(record))),
    )
  }
  const change: JobStage['change'] = fields => {
    job = { ...job, ...fields }
    const snapshot = isAzure ? withoutNullKeys(job) : job
    written.snapshots.push(snapshot)
    see(snapshot)
  }
  change({})
  return {
    job: () => job,
    id,
    wait: (low, high) => void (now += random.int(low, high)),
    change,
    say: (message, data, level = 'info') => {
      const event: FineTuningJobEvent = {
        object: 'fine_tuning.job.event',
        id: id('ftevent-', 24),
        created_at: now,
        level,
        message,
        type: data === undefined || level === 'error' ? 'message' : 'metrics',
        data: data ?? (isAzure ? null : {}),
      }
      written.events.push(event)
      see(event)
    },
    checkpoint: ({ step, metrics }, model) => {
      const checkpoint: FineTuningJobCheckpoint = {
        object: 'fine_tuning.job.checkpoint',
        id: id('ftckpt_', 24),
        created_at: now,
        fine_tuned_model_checkpoint: model,
        fine_tuning_job_id: job.id,
        step_number: step,
        metrics: { step, ...metrics },
      }
      written.checkpoints.push(checkpoint)
      see(checkpoint)
    },
    now: () => now,
    written,
  }
}
