/** Predicates that tell kinds of records apart by their marks, whatever else may be wrong. */

import { isObject } from '@finetune-kit/codec/compile'

export type Fields = Readonly<Record<string, unknown>>

type Mark = (value: Fields) => boolean

export const named =
  (object: string): Mark =>
  value =>
    value['object'] === object

export const deleted =
  (object: string): Mark =>
  value =>
    value['object'] === object && isGiven(value['deleted'])

const isText = (value: unknown, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value)

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

const hasNone = (value: Fields, ...keys: ReadonlyArray<string>): boolean => {
  for (const key of keys) if (key in value) return false
  return true
}

/** The first item of a list that has a mark of its own, else the first object in it. */
export const firstItem = ({ data }: Fields): Fields | undefined => {
  if (!Array.isArray(data)) return undefined
  const items = (data as ReadonlyArray<unknown>).filter(isObject)
  return items.find(item => item['object'] !== undefined) ?? items[0]
}

/** A list whose first item has this mark. */
export const listOf =
  (isItem: Mark): Mark =>
  value => {
    const item = firstItem(value)
    return item !== undefined && item['object'] !== undefined && isItem(item)
  }

const isNamedList = named('list')
const isNamedFineTune = named('fine-tune')
const isNamedFineTuneEvent = named('fine-tune-event')
const isNamedEvent = named('event')
const isNamedJob = named('fine_tuning.job')

const names: ReadonlySet<unknown> = new Set([
  'fine-tune',
  'fine-tune-event',
  'event',
  'fine_tuning.job',
  'fine_tuning.job.event',
  'fine_tuning.job.checkpoint',
  'checkpoint.permission',
  'file',
  'model',
  'list',
])

/**
 * True if a value says of which kind it is. It may have the fields of other kinds too, all null: a
 * table of several kinds has the columns of all of them.
 */
const hasName: Mark = value => names.has(value['object'])

/** A page without items: only pages of checkpoints and permissions have ids of items. */
export const isEmptyPage: Mark = value => isNamedList(value) && 'first_id' in value

/**
 * The fields of a request to start training, legacy or not: no id, no status, no name of a kind.
 */
const isTrainingRequest: Mark = value => hasNone(value, 'object', 'id', 'status') && 'training_file' in value

const jobKeys = ['method', 'hyperparameters', 'seed', 'integrations', 'metadata']
const jobModel = /^(ft:|gpt-|o\d|babbage-002|davinci-002)/

const looksLikeJob: Mark = value =>
  !('hyperparams' in value) && (jobKeys.some(key => key in value) || isText(value['model'], jobModel))

export const isRequest: Mark = value => isTrainingRequest(value) && !looksLikeJob(value)
export const isJobRequest: Mark = value => isTrainingRequest(value) && looksLikeJob(value)
export const isPermissionRequest: Mark = value =>
  hasNone(value, 'object', 'id') && Array.isArray(value['project_ids'])

export const isFineTune: Mark = value =>
  isNamedFineTune(value) || ('hyperparams' in value && !hasName(value) && !isTrainingRequest(value))

/**
 * Azure's ids have 32 hex digits, two of its words for the status are its own, and it knows no
 * organization.
 */
export const isAzureFineTune: Mark = value => {
  const { id, status, result_files } = value
  return (
    isNamedFineTune(value) &&
    ((typeof id === 'string' && /^ft-[0-9a-f]{32}$/.test(id)) ||
      status === 'notRunning' ||
      status === 'canceled' ||
      (hasNone(value, 'organization_id') && result_files === null))
  )
}

export const isEvent: Mark = value =>
  isNamedFineTuneEvent(value) || (isNamedEvent(value) && isGiven(value['message']))

const jobWebhook = /^fine_tuning\.job\.(succeeded|failed|cancelled)$/

const isWebhook: Mark = value =>
  isNamedEvent(value) ||
  (hasNone(value, 'object') && typeof value['id'] === 'string' && value['id'].startsWith('evt_'))

export const isFineTuningWebhook: Mark = value => isWebhook(value) && isText(value['type'], jobWebhook)
export const isOtherWebhook: Mark = value => isWebhook(value) && typeof value['type'] === 'string'

export const isJob: Mark = value =>
  isNamedJob(value) || ('training_file' in value && 'status' in value && !hasName(value))
export const isJobEvent: Mark = named('fine_tuning.job.event')
export const isCheckpoint: Mark = named('fine_tuning.job.checkpoint')
export const isPermission: Mark = named('checkpoint.permission')

export const isError: Mark = value => hasNone(value, 'object') && isObject(value['error'])
