import type { FineTuneEvent } from '../FineTuneEvent.ts'
import type { FineTuneSnapshot } from '../FineTuneSnapshot.ts'
import type { OpenAIFile } from '../OpenAIFile.ts'
import type { FineTunePlan } from './FineTunePlan.ts'
import type { Random } from './Random.ts'

/** Plays the service: yields a whole snapshot of a fine-tune after each change. */
export function* simulateLife(plan: FineTunePlan, random: Random): Generator<FineTuneSnapshot> {
  let now = Date.parse(plan.starts) / 1000
  let run = created(plan, random, now)
  const wait = (low: number, high: number): void => void (now += random.int(low, high))
  const change = (message: string, fields: Partial<FineTuneSnapshot> = {}, level = 'info') => {
    const event: FineTuneEvent = { object: 'fine-tune-event', created_at: now, level, message }
    run = { ...run, ...fields, updated_at: now, events: [...(run.events ?? []), event] }
    return run
  }
  const isLeft = (at: string): boolean => plan.outcome._tag === 'Unfinished' && plan.outcome.at === at
  const isCancelled = (during: string): boolean =>
    plan.outcome._tag === 'Cancelled' && plan.outcome.while === during
  const cancel = () => change('Fine-tune cancelled', { status: 'cancelled' })

  yield change(`Created fine-tune: ${run.id}`)

  wait(20, 200)
  const cost = (random.int(4, 900) / 100) * (plan.model.startsWith('davinci') ? 10 : 1)
  yield change(`Fine-tune costs $${cost.toFixed(2)}`, validated(run, random))

  if (plan.queue !== undefined) {
    yield change(`Fine-tune enqueued. Queue number: ${plan.queue}`)
    for (let number = plan.queue - 1; number >= 0; number -= random.int(1, 3)) {
      wait(60, 400)
      yield change(`Fine-tune is in the queue. Queue number: ${number}`)
      if (plan.repeats) yield change(`Fine-tune is in the queue. Queue number: ${number}`)
      if (number < plan.queue / 2 && isLeft('queued')) return
      if (number < plan.queue / 2 && isCancelled('pending')) {
        yield cancel()
        return
      }
    }
  }

  wait(2, 40)
  yield change('Fine-tune started', { status: 'running' })

  const epochs = plan.reported ?? Array.from({ length: plan.epochs }, (_, k) => k + 1)
  for (const epoch of epochs) {
    if (!plan.fast || epoch % 3 === 1) wait(60, 900)
    yield change(`Completed epoch ${epoch}/${plan.epochs}`)
    if (epoch > plan.epochs / 2 && isLeft('running')) return
    if (epoch > plan.epochs / 2 && isCancelled('running')) {
      yield cancel()
      return
    }
    if (plan.outcome._tag === 'Failed') {
      const { reason, order } = plan.outcome
      wait(5, 60)
      yield change(
        order === 'reason last'
          ? `Fine-tune failed. ${reason}`
          : `${reason} Fine-tune failed. For help, please contact OpenAI and include your fine-tune ID: ${run.id}`,
        { status: 'failed' },
        'error',
      )
      return
    }
  }

  wait(30, 90)
  const fine_tuned_model = modelName(plan, now)
  yield change(`Uploaded model: ${fine_tuned_model}`, { fine_tuned_model })
  if (isLeft('uploaded')) return

  wait(1, 3)
  const result = file(random, 'compiled_results.csv', 'fine-tune-results', now)
  yield change(`Uploaded result file: ${result.id}`, { result_files: [result] })
  yield change('Fine-tune succeeded', { status: 'succeeded' })
}

const created = (plan: FineTunePlan, random: Random, now: number): FineTuneSnapshot => ({
  object: 'fine-tune',
  id: `ft-${random.word(24)}`,
  hyperparams: {
    n_epochs: plan.epochs,
    batch_size: null,
    prompt_loss_weight: 0.01,
    learning_rate_multiplier: null,
    ...plan.asked,
  },
  organization_id: 'org-harbourlab',
  model: plan.model,
  training_files: [file(random, plan.training, 'fine-tune', now - 9)],
  validation_files:
    plan.validation === undefined ? [] : [file(random, plan.validation, 'fine-tune', now - 6)],
  result_files: [],
  created_at: now,
  updated_at: now,
  status: 'pending',
  fine_tuned_model: null,
})

/** Returns the two hyperparameters that the service chooses once the files are valid. */
const validated = (run: FineTuneSnapshot, random: Random): Partial<FineTuneSnapshot> => ({
  hyperparams: {
    ...run.hyperparams,
    batch_size: 2 ** random.int(0, 5),
    learning_rate_multiplier: random.chance(0.5) ? 0.1 : 0.05,
  },
})

const file = (random: Random, filename: string, purpose: string, created_at: number): OpenAIFile => ({
  object: 'file',
  id: `file-${random.word(24)}`,
  purpose,
  filename,
  bytes: random.int(2_000, 4_000_000),
  created_at,
  status: 'processed',
  status_details: null,
})

/** `<base>:ft-<org>:<suffix>-YYYY-MM-DD-HH-MM-SS`. */
const modelName = ({ model, suffix }: FineTunePlan, now: number): string => {
  const time = new Date(now * 1000).toISOString().slice(0, 19).replaceAll(/[T:]/g, '-')
  return `${model.split(':')[0]}:ft-harbour-lab${suffix === undefined ? '' : `:${suffix}`}-${time}`
}
