import type { AzureFineTune } from '../azure/AzureFineTune.ts'
import type { FineTuneEvent } from '../FineTuneEvent.ts'
import type { FineTuneSnapshot } from '../FineTuneSnapshot.ts'
import { seeded, seedOf } from './Random.ts'

const hexDigits = (id: string): string => {
  const random = seeded(seedOf(id))
  return Array.from({ length: 32 }, () => random.int(0, 15).toString(16)).join('')
}

const azureId = (id: string): string => `${id.slice(0, id.indexOf('-') + 1)}${hexDigits(id)}`

const statuses: Readonly<Record<string, string>> = { pending: 'notRunning', cancelled: 'canceled' }

/** Azure's sentences, where they are not those of OpenAI's service. */
const sentences: ReadonlyArray<readonly [RegExp, string]> = [
  [
    /^Fine-tune enqueued\. Queue number: (\d+)$/,
    'Job enqueued. Waiting for jobs ahead to complete. Queue number: $1.',
  ],
  [/^Fine-tune started$/, 'Job started.'],
  [/^Uploaded result file: (\S+)$/, 'Created results file: $1'],
  [/^Fine-tune succeeded$/, 'Job succeeded.'],
  [/^Fine-tune cancelled$/, 'Job canceled.'],
]

/** Returns a state of a fine-tune as Azure's service writes it: its events are a list apart. */
export const toAzure = (run: FineTuneSnapshot): AzureFineTune => ({
  object: run.object,
  id: azureId(run.id),
  created_at: run.created_at,
  updated_at: run.updated_at,
  model: run.model,
  hyperparams: run.hyperparams,
  ...(run.fine_tuned_model === null ? {} : { fine_tuned_model: azureModel(run) }),
  status: statuses[run.status] ?? run.status,
  training_files: run.training_files.map(azureFile),
  validation_files: run.validation_files.length === 0 ? null : run.validation_files.map(azureFile),
  result_files: run.result_files.length === 0 ? null : run.result_files.map(azureFile),
  events: null,
})

const azureModel = ({ id, model }: Pick<FineTuneSnapshot, 'id' | 'model'>): string =>
  `${model.split(':')[0]}.ft-${hexDigits(id)}`

const azureFile = (file: FineTuneSnapshot['result_files'][number]) => ({
  ...file,
  id: azureId(file.id),
  updated_at: file.created_at,
  statistics: { tokens: 41_200, examples: 206 },
  error: null,
})

/** Returns the events of a fine-tune as Azure's service writes them. */
export const toAzureEvents = (run: FineTuneSnapshot): ReadonlyArray<FineTuneEvent> => {
  const names = new Map([run, ...run.result_files].map(({ id }) => [id, azureId(id)]))
  if (run.fine_tuned_model !== null) names.set(run.fine_tuned_model, azureModel(run))
  const toSentence = (message: string): string => {
    let text = message
    for (const [name, azureName] of names) text = text.replaceAll(name, azureName)
    for (const [pattern, sentence] of sentences) text = text.replace(pattern, sentence)
    return text
  }
  return (run.events ?? []).map(event => Object.assign({}, event, { message: toSentence(event.message) }))
}
