import { random, shuffled } from './random.ts'

export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/**
 * Finished runs as JSON texts in the service's shape, about 1.9 kB each with 10 events.
 * Contestants get them from `JSON.parse`, never literals, whose hidden classes are kinder.
 */
export const recordTexts = (
  count: number,
  { events = 10, orders = 1, seed = 1 } = {},
): ReadonlyArray<string> => {
  const next = random(seed)
  return Array.from({ length: count }, (_, i) =>
    JSON.stringify(
      reordered(recordOf(next, i, events), orders === Infinity ? next : random(i % orders), orders),
    ),
  )
}

export const parsed = (texts: ReadonlyArray<string>): ReadonlyArray<unknown> =>
  texts.map(text => JSON.parse(text) as unknown)

/** The values with the keys of every object in one of `orders` orders. */
const reordered = (value: Json, next: () => number, orders: number): Json => {
  if (orders === 1 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: Json) => reordered(item, next, orders))
  return Object.fromEntries(
    shuffled(Object.entries(value as Record<string, Json>), next).map(([k, v]) => [
      k,
      reordered(v, next, orders),
    ]),
  )
}

const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** The record of this number: a finished run. */
export const recordOf = (next: () => number, i: number, events: number) => {
  const token = (length: number) => {
    let text = ''
    for (let n = 0; n < length; n++) text += letters.charAt(Math.floor(next() * letters.length))
    return text
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from))
  const created_at = whole(1_640_000_000, 1_700_000_000)
  const model = ['ada', 'babbage', 'curie', 'davinci'][i % 4] as string
  const id = `ft-${token(24)}`
  const made = `${model}:ft-${token(8).toLowerCase()}-2023-03-0${whole(1, 9)}-1${whole(0, 9)}-0${whole(0, 9)}-2${whole(0, 9)}`
  const result = `file-${token(24)}`
  const epochs = Math.max(1, events - 6)
  const messages = [
    `Created fine-tune: ${id}`,
    `Fine-tune costs $${(next() * 9).toFixed(2)}`,
    `Fine-tune enqueued. Queue number: ${whole(0, 30)}`,
    'Fine-tune started',
    ...Array.from({ length: epochs }, (_, n) => `Completed epoch ${n + 1}/${epochs}`),
    `Uploaded model: ${made}`,
    `Uploaded result file: ${result}`,
    'Fine-tune succeeded',
  ].slice(-events)
  let at = created_at
  const file = (id: string, filename: string, purpose: string, created_at: number): Json => ({
    object: 'file',
    id,
    purpose,
    filename,
    bytes: whole(2_000, 9_000_000),
    created_at,
    status: 'processed',
    status_details: null,
  })
  return {
    object: 'fine-tune',
    id,
    hyperparams: {
      n_epochs: epochs,
      batch_size: whole(1, 64),
      prompt_loss_weight: 0.01,
      learning_rate_multiplier: next() < 0.5 ? 0.1 : 0.05,
      ...(i % 5 === 0 ? { compute_classification_metrics: true, classification_n_classes: whole(2, 9) } : {}),
    },
    organization_id: `org-${token(24)}`,
    model,
    training_files: [
      file(`file-${token(24)}`, `${token(9)}_prepared_train.jsonl`, 'fine-tune', created_at - 40),
    ],
    validation_files:
      i % 2 === 0
        ? []
        : [file(`file-${token(24)}`, `${token(9)}_prepared_valid.jsonl`, 'fine-tune', created_at - 30)],
    result_files: [file(result, 'compiled_results.csv', 'fine-tune-results', created_at + 900)],
    created_at,
    updated_at: created_at + 900,
    status: 'succeeded',
    fine_tuned_model: made,
    events: messages.map(message => ({
      object: 'fine-tune-event',
      level: 'info',
      message,
      created_at: (at += whole(0, 90)),
    })),
  }
}
