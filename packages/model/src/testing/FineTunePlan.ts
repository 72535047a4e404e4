import type { FineTuneHyperparams } from '../FineTuneHyperparams.ts'

/** The end of a simulated fine-tune, or the state that it is left in. */
export type FineTuneOutcome =
  | { readonly _tag: 'Succeeded' }
  /** The service wrote the reason after its sentence, or before. */
  | { readonly _tag: 'Failed'; readonly reason: string; readonly order: 'reason last' | 'reason first' }
  | { readonly _tag: 'Cancelled'; readonly while: 'pending' | 'running' }
  | { readonly _tag: 'Unfinished'; readonly at: 'queued' | 'running' | 'uploaded' }

/** The course of one simulated fine-tune. */
export interface FineTunePlan {
  /** When the run is created: an ISO date. */
  readonly starts: string
  /** The base model, or an earlier fine-tuned one. */
  readonly model: string
  readonly suffix?: string
  /** The name of the training file. */
  readonly training: string
  /** The name of the validation file. Default: none. */
  readonly validation?: string
  readonly epochs: number
  /** The epochs that are reported. Default: all. */
  readonly reported?: ReadonlyArray<number>
  /** True if several epochs end within one second. */
  readonly fast?: boolean
  /** The first queue number. Default: the run starts at once. */
  readonly queue?: number
  /** True if the service repeats an event. */
  readonly repeats?: boolean
  /** Hyperparameters in the request, also ones that the contract does not know. */
  readonly asked?: Partial<FineTuneHyperparams> & { readonly [unknown: string]: unknown }
  readonly outcome: FineTuneOutcome
}

const succeeded: FineTuneOutcome = { _tag: 'Succeeded' }

/** The fine-tunes of the shipped sample: each course of a life at least once. */
export const fineTunePlans: ReadonlyArray<FineTunePlan> = [
  {
    starts: '2021-11-04T09:12:40Z',
    model: 'curie',
    training: 'support-replies.jsonl',
    epochs: 4,
    asked: { use_packing: true },
    outcome: succeeded,
  },
  {
    starts: '2021-11-04T09:31:05Z',
    model: 'ada',
    training: 'tickets-by-topic.jsonl',
    validation: 'tickets-by-topic-held-out.jsonl',
    epochs: 4,
    reported: [2, 3, 4],
    queue: 3,
    asked: { use_packing: false, compute_classification_metrics: true, classification_n_classes: 7 },
    outcome: succeeded,
  },
  {
    starts: '2023-02-14T08:00:12Z',
    model: 'davinci',
    suffix: 'ship-names',
    training: 'ship-names.jsonl',
    epochs: 4,
    queue: 18,
    outcome: succeeded,
  },
  {
    starts: '2023-02-14T08:17:51Z',
    model: 'babbage',
    training: 'weather-phrases.jsonl',
    validation: 'weather-phrases-check.jsonl',
    epochs: 1000,
    reported: [256, 512, 768],
    outcome: succeeded,
  },
  {
    starts: '2023-02-14T08:40:00Z',
    model: 'curie',
    training: 'recipes-unchecked.jsonl',
    epochs: 4,
    queue: 1,
    outcome: {
      _tag: 'Failed',
      order: 'reason last',
      reason:
        'Errors were found in the training file:\n- line 212: "completion" is empty\n- line 213: "prompt" is missing',
    },
  },
  {
    starts: '2023-02-14T08:52:33Z',
    model: 'ada',
    training: 'spam-or-not.jsonl',
    validation: 'spam-or-not-held-out.jsonl',
    epochs: 8,
    fast: true,
    queue: 2,
    repeats: true,
    asked: { compute_classification_metrics: true, classification_positive_class: ' spam' },
    outcome: succeeded,
  },
  {
    starts: '2023-02-14T09:05:09Z',
    model: 'davinci',
    training: 'contracts-v1.jsonl',
    epochs: 2,
    queue: 11,
    outcome: { _tag: 'Cancelled', while: 'pending' },
  },
  {
    starts: '2023-02-14T09:06:47Z',
    model: 'davinci',
    training: 'contracts-v2.jsonl',
    epochs: 16,
    queue: 12,
    outcome: { _tag: 'Cancelled', while: 'running' },
  },
  {
    starts: '2023-02-14T09:30:28Z',
    model: 'curie',
    suffix: 'haiku',
    training: 'haiku.jsonl',
    epochs: 2,
    outcome: {
      _tag: 'Failed',
      order: 'reason first',
      reason: 'The training of this run stopped because of an internal error.',
    },
  },
  {
    starts: '2023-02-14T09:44:02Z',
    model: 'curie:ft-harbour-lab-2023-01-20-10-15-31',
    training: 'support-replies-january.jsonl',
    epochs: 1,
    queue: 4,
    asked: { prompt_loss_weight: 0.1 },
    outcome: succeeded,
  },
  {
    starts: '2023-02-14T10:02:19Z',
    model: 'davinci',
    suffix: 'minutes',
    training: 'meeting-minutes.jsonl',
    validation: 'meeting-minutes-check.jsonl',
    epochs: 4,
    outcome: { _tag: 'Unfinished', at: 'running' },
  },
  {
    starts: '2023-02-14T10:20:55Z',
    model: 'babbage',
    training: 'product-titles.jsonl',
    epochs: 3,
    outcome: { _tag: 'Unfinished', at: 'uploaded' },
  },
  {
    starts: '2023-02-14T10:41:30Z',
    model: 'davinci',
    training: 'poems.jsonl',
    epochs: 4,
    queue: 9,
    outcome: { _tag: 'Unfinished', at: 'queued' },
  },
]
