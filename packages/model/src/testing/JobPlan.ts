import type { FineTuningJobSnapshot } from '../job/FineTuningJobSnapshot.ts'

/** The end of a simulated job, or the state that it is left in. */
export type JobOutcome =
  | { readonly _tag: 'Succeeded' }
  | { readonly _tag: 'Failed'; readonly while: 'validating' | 'running'; readonly error: JobFailure }
  | { readonly _tag: 'Cancelled'; readonly while: 'queued' | 'running' }
  | { readonly _tag: 'Paused' }
  | { readonly _tag: 'Unfinished'; readonly at: 'validating' | 'queued' | 'running' }

export interface JobFailure {
  readonly code: string
  readonly message: string
  readonly param: string | null
}

/** The course of one simulated job. */
export interface JobPlan {
  /** When the job is created: an ISO date. */
  readonly starts: string
  readonly model: string
  readonly suffix?: string
  readonly method: 'supervised' | 'dpo' | 'reinforcement'
  readonly epochs: number
  readonly steps: number
  readonly hasValidation?: boolean
  /** The service that writes the records. Azure leaves out what is null. Default: OpenAI today. */
  readonly dialect?: 'openai-2023' | 'azure'
  /** Hyperparameters in the request; the service chooses the others. */
  readonly asked?: Readonly<Record<string, number | string>>
  readonly metadata?: NonNullable<FineTuningJobSnapshot['metadata']>
  readonly outcome: JobOutcome
}

const succeeded: JobOutcome = { _tag: 'Succeeded' }

/** The jobs of the shipped sample: each course of a job at least once. */
export const jobPlans: ReadonlyArray<JobPlan> = [
  {
    starts: '2023-10-12T13:04:20Z',
    model: 'gpt-3.5-turbo-0613',
    method: 'supervised',
    epochs: 3,
    steps: 60,
    dialect: 'openai-2023',
    outcome: succeeded,
  },
  {
    starts: '2023-11-20T07:45:02Z',
    model: 'babbage-002',
    suffix: 'tide-tables',
    method: 'supervised',
    epochs: 4,
    steps: 48,
    hasValidation: true,
    dialect: 'openai-2023',
    outcome: succeeded,
  },
  {
    starts: '2024-08-19T08:30:00Z',
    model: 'gpt-4o-mini-2024-07-18',
    suffix: 'support-replies',
    method: 'supervised',
    epochs: 3,
    steps: 90,
    hasValidation: true,
    metadata: { team: 'support', dataset: 'replies-v7' },
    outcome: succeeded,
  },
  {
    starts: '2024-08-19T09:02:41Z',
    model: 'gpt-4o-mini-2024-07-18',
    suffix: 'support-replies',
    method: 'supervised',
    epochs: 8,
    steps: 240,
    hasValidation: true,
    asked: { n_epochs: 8, learning_rate_multiplier: 3 },
    metadata: { team: 'support', dataset: 'replies-v7' },
    outcome: succeeded,
  },
  {
    starts: '2024-08-19T10:15:09Z',
    model: 'gpt-4o-2024-08-06',
    method: 'supervised',
    epochs: 3,
    steps: 60,
    outcome: {
      _tag: 'Failed',
      while: 'validating',
      error: {
        code: 'invalid_training_file',
        message:
          'The job failed due to an invalid training file. Line 212: the last message must be from the assistant.',
        param: 'training_file',
      },
    },
  },
  {
    starts: '2024-08-20T06:00:33Z',
    model: 'gpt-4o-2024-08-06',
    suffix: 'contracts',
    method: 'supervised',
    epochs: 5,
    steps: 100,
    hasValidation: true,
    outcome: { _tag: 'Cancelled', while: 'running' },
  },
  {
    starts: '2024-08-20T06:01:10Z',
    model: 'gpt-4o-2024-08-06',
    suffix: 'contracts',
    method: 'supervised',
    epochs: 2,
    steps: 40,
    outcome: { _tag: 'Cancelled', while: 'queued' },
  },
  {
    starts: '2025-01-14T11:20:00Z',
    model: 'gpt-4o-2024-08-06',
    suffix: 'tone',
    method: 'dpo',
    epochs: 2,
    steps: 80,
    hasValidation: true,
    asked: { beta: 0.1 },
    outcome: succeeded,
  },
  {
    starts: '2025-01-14T12:00:00Z',
    model: 'ft:gpt-4o-2024-08-06:harbour-lab:tone:a1b2c3d4',
    suffix: 'tone-2',
    method: 'dpo',
    epochs: 1,
    steps: 40,
    asked: { beta: 0.5 },
    outcome: {
      _tag: 'Failed',
      while: 'running',
      error: {
        code: 'server_error',
        message: 'The job failed due to an internal error. Please try again.',
        param: null,
      },
    },
  },
  {
    starts: '2025-06-03T09:00:00Z',
    model: 'o4-mini-2025-04-16',
    suffix: 'berths',
    method: 'reinforcement',
    epochs: 2,
    steps: 40,
    hasValidation: true,
    asked: { reasoning_effort: 'medium', compute_multiplier: 1, eval_interval: 10, eval_samples: 2 },
    outcome: succeeded,
  },
  {
    starts: '2025-06-03T15:30:00Z',
    model: 'o4-mini-2025-04-16',
    suffix: 'berths',
    method: 'reinforcement',
    epochs: 4,
    steps: 80,
    hasValidation: true,
    asked: { reasoning_effort: 'high', compute_multiplier: 2, eval_interval: 10, eval_samples: 2 },
    outcome: { _tag: 'Paused' },
  },
  {
    starts: '2025-06-04T07:10:00Z',
    model: 'gpt-4o-mini-2024-07-18',
    suffix: 'tickets',
    method: 'supervised',
    epochs: 2,
    steps: 50,
    hasValidation: true,
    dialect: 'azure',
    outcome: succeeded,
  },
  {
    starts: '2025-06-04T07:40:00Z',
    model: 'gpt-4o-mini-2024-07-18',
    method: 'supervised',
    epochs: 3,
    steps: 60,
    dialect: 'azure',
    outcome: { _tag: 'Unfinished', at: 'running' },
  },
  {
    starts: '2025-06-04T08:05:00Z',
    model: 'gpt-4.1-mini-2025-04-14',
    suffix: 'minutes',
    method: 'supervised',
    epochs: 3,
    steps: 120,
    hasValidation: true,
    outcome: { _tag: 'Unfinished', at: 'running' },
  },
  {
    starts: '2025-06-04T08:20:00Z',
    model: 'gpt-4.1-nano-2025-04-14',
    method: 'supervised',
    epochs: 3,
    steps: 30,
    outcome: { _tag: 'Unfinished', at: 'queued' },
  },
]
