import type { AzureFineTune, FineTuningJobCheckpoint, OpenAIFile, Run, RunEvent } from '@finetune-kit/model'
import {
  type FineTunePlan,
  fineTunePlans,
  fineTuneResultCsv,
  type JobPlan,
  jobPlans,
  simulateFineTunes,
  simulateJobs,
  toAzure,
  toAzureEvents,
} from '@finetune-kit/model/testing'

/** The whole life of a simulated run. What is not written yet at a time is not served. */
export interface Life {
  readonly id: string
  readonly family: 'job' | 'fine-tune'
  readonly createdAt: number
  /** Snapshots, oldest first, with the time from which each is the present one. */
  readonly states: ReadonlyArray<Written<Run>>
  /** Oldest first. */
  readonly events: ReadonlyArray<RunEvent>
  readonly checkpoints: ReadonlyArray<FineTuningJobCheckpoint>
  readonly files: ReadonlyArray<Written<ServedFile>>
}

export interface Written<A> {
  readonly at: number
  readonly value: A
}

export interface ServedFile {
  readonly record: OpenAIFile
  readonly content: string
}

export interface LifeOptions {
  /** The same seed makes the same runs. Default: 1. */
  readonly seed?: number
  /** The number of jobs. Default: 12. */
  readonly jobs?: number
  /** The number of legacy fine-tunes. Default: 0. */
  readonly fineTunes?: number
  /** When the first run is created, in Unix seconds. */
  readonly startsAt: number
  /** Seconds from the creation of one run to that of the next. Default: 60. */
  readonly interval?: number
  /** True if the runs are those of Azure. */
  readonly isAzure?: boolean
}

/** Plays the lives of runs that all end: the plans of the simulator, as often as needed. */
export const playLives = (options: LifeOptions): ReadonlyArray<Life> => {
  const { seed = 1, jobs = 12, fineTunes = 0, startsAt, interval = 60, isAzure = false } = options
  // services write whole seconds
  const startOf = (i: number) => new Date(Math.floor(startsAt + i * interval) * 1000).toISOString()
  const plansOfJobs = cycle(jobPlans.filter(isFinite), jobs, (plan, i): JobPlan => {
    const starts = startOf(i)
    return isAzure ? { ...plan, starts, dialect: 'azure' } : omitDialect({ ...plan, starts })
  })
  const plansOfFineTunes = cycle(
    fineTunePlans.filter(isFinite),
    fineTunes,
    (plan, i): FineTunePlan => ({ ...plan, starts: startOf(i) }),
  )
  return [
    ...simulateJobs(seed, plansOfJobs).map(jobLife),
    ...simulateFineTunes(seed, plansOfFineTunes).map(states => fineTuneLife(states, isAzure)),
  ]
}

const isFinite = ({ outcome }: JobPlan | FineTunePlan): boolean =>
  outcome._tag !== 'Unfinished' && outcome._tag !== 'Paused'

/** The plan of a job of today's service. */
const omitDialect = (plan: JobPlan): JobPlan =>
  Object.fromEntries(Object.entries(plan).filter(([key]) => key !== 'dialect')) as unknown as JobPlan

/** Items from a list, as often as needed, each changed by its position. */
const cycle = <A>(
  items: ReadonlyArray<A>,
  count: number,
  change: (item: A, i: number) => A,
): ReadonlyArray<A> => Array.from({ length: count }, (_, i) => change(items[i % items.length] as A, i))

/** Seconds that every second result file comes later than the end of its job. */
const lateness = 20

const jobLife = (job: ReturnType<typeof simulateJobs>[number], index: number): Life => {
  const seen = job.observations.filter(({ record }) => objectOf(record) === 'fine_tuning.job')
  const states = job.snapshots.map((value, i) => ({ at: seen[i]?.seen_at ?? value.created_at, value }))
  const last = states.at(-1) as Written<Run>
  const [file] = job.snapshots.at(-1)?.result_files ?? []
  const isLate = index % 2 === 1
  const at = last.at + (isLate ? lateness : 0)
  const text = job.results ?? ''
  const content = isLate ? Buffer.from(text).toString('base64') : text
  const created = { created_at: last.at, filename: 'step_metrics.csv', purpose: 'fine-tune-results' }
  return {
    id: job.id,
    family: 'job',
    createdAt: states[0]?.value.created_at ?? 0,
    states,
    events: job.events,
    checkpoints: job.checkpoints,
    files:
      typeof file === 'string'
        ? [{ at, value: { record: fileRecord(file, text.length, created), content } }]
        : [],
  }
}

const fineTuneLife = (states: ReturnType<typeof simulateFineTunes>[number], isAzure: boolean): Life => {
  const last = states.at(-1) as (typeof states)[number]
  const written = states.map(value => ({ at: value.updated_at, value: isAzure ? toAzure(value) : value }))
  const end = isAzure ? toAzure(last) : last
  const { id, created_at: createdAt, result_files: files }: AzureFineTune = end
  const resultsOf = (record: OpenAIFile): Written<ServedFile> => ({
    at: record.created_at,
    value: { record, content: fineTuneResultCsv(last) },
  })
  return {
    id,
    family: 'fine-tune',
    createdAt,
    states: written,
    events: isAzure ? toAzureEvents(last) : (last.events ?? []),
    checkpoints: [],
    files: ((files ?? []) as ReadonlyArray<OpenAIFile>).map(resultsOf),
  }
}

const objectOf = (record: unknown): unknown => (record as { readonly object?: unknown }).object

const fileRecord = (
  id: string,
  bytes: number,
  rest: Pick<OpenAIFile, 'created_at' | 'filename' | 'purpose'>,
): OpenAIFile => ({ object: 'file', id, bytes, ...rest, status: 'processed', status_details: null })
