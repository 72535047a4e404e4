import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { AzureFineTune } from './azure/AzureFineTune.ts'
import { CreateFineTuneRequest } from './CreateFineTuneRequest.ts'
import { DeleteModelResponse } from './DeleteModelResponse.ts'
import { ErrorResponse } from './ErrorResponse.ts'
import { FineTune } from './FineTune.ts'
import { FineTuneEvent } from './FineTuneEvent.ts'
import { FineTuneSnapshot } from './FineTuneSnapshot.ts'
import { CreateFineTuningJobRequest } from './job/CreateFineTuningJobRequest.ts'
import { FineTuningJob } from './job/FineTuningJob.ts'
import { FineTuningJobCheckpoint } from './job/FineTuningJobCheckpoint.ts'
import { FineTuningJobEvent } from './job/FineTuningJobEvent.ts'
import { FineTuningJobSnapshot } from './job/FineTuningJobSnapshot.ts'
import {
  ListFineTuningJobCheckpointsResponse,
  ListFineTuningJobEventsResponse,
  ListFineTuningJobSnapshotsResponse,
  ListPaginatedFineTuningJobsResponse,
} from './job/PageOf.ts'
import { ListFineTuneEventsResponse, ListFineTuneSnapshotsResponse, ListFineTunesResponse } from './ListOf.ts'
import { OpenAIFile } from './OpenAIFile.ts'

/** A kind of record, as a person names it. */
export interface RecordKind {
  readonly name: string
  /** The codec of the records as the service sends them. */
  readonly codec: t.Mixed
  /** The codec of the documented contract; the same one where they agree. */
  readonly contract: t.Mixed
  /** True if a value of this kind is a whole list, whose items are records. */
  readonly isList: boolean
  /** True if a value looks like this kind, whatever else may be wrong with it. */
  readonly matches: (value: Fields) => boolean
}

type Fields = Readonly<Record<string, unknown>>

const kind = (
  name: string,
  codec: t.Mixed,
  matches: RecordKind['matches'],
  contract: t.Mixed = codec,
): RecordKind => ({ name, codec, contract, matches, isList: false })

const list = (...[name, codec, matches, contract]: Parameters<typeof kind>): RecordKind => ({
  ...kind(name, codec, matches, contract),
  isList: true,
})

const named =
  (object: string): RecordKind['matches'] =>
  value =>
    value['object'] === object

/** A list whose first item with a name is guessed to be this. */
const listOf =
  (guess: RecordKind['matches']): RecordKind['matches'] =>
  ({ data }) => {
    if (!Array.isArray(data)) return false
    const first: unknown = data.find(item => isFields(item) && item['object'] !== undefined)
    return isFields(first) && guess(first)
  }

const isFineTune: RecordKind['matches'] = value => named('fine-tune')(value) || 'hyperparams' in value
const isEvent: RecordKind['matches'] = value => named('fine-tune-event')(value) || named('event')(value)
const isJob: RecordKind['matches'] = value =>
  named('fine_tuning.job')(value) || ('training_file' in value && 'status' in value)
const isJobEvent = named('fine_tuning.job.event')
const isCheckpoint = named('fine_tuning.job.checkpoint')

const request =
  (forJob: boolean): RecordKind['matches'] =>
  value =>
    !('object' in value) && 'training_file' in value && looksLikeJob(value) === forJob

const looksLikeJob = (value: Fields): boolean =>
  ['method', 'hyperparameters', 'seed', 'integrations', 'metadata'].some(key => key in value) ||
  /^(ft:|gpt-|o\d|babbage-002|davinci-002)/.test(String(value['model']))

/** All kinds of records, most particular first. */
export const all: ReadonlyArray<RecordKind> = [
  kind('azure-fine-tune', AzureFineTune, v => named('fine-tune')(v) && isAzures(v)),
  kind('fine-tune', FineTuneSnapshot, isFineTune, FineTune),
  kind('event', FineTuneEvent, isEvent),
  kind('file', OpenAIFile, named('file')),
  kind('job', FineTuningJobSnapshot, isJob, FineTuningJob),
  kind('job-event', FineTuningJobEvent, isJobEvent),
  kind('checkpoint', FineTuningJobCheckpoint, isCheckpoint),
  kind('deleted-model', DeleteModelResponse, named('model')),
  list('event-list', ListFineTuneEventsResponse, listOf(isEvent)),
  list('job-list', ListFineTuningJobSnapshotsResponse, listOf(isJob), ListPaginatedFineTuningJobsResponse),
  list('job-event-list', ListFineTuningJobEventsResponse, listOf(isJobEvent)),
  list(
    'checkpoint-list',
    ListFineTuningJobCheckpointsResponse,
    v => listOf(isCheckpoint)(v) || (named('list')(v) && 'first_id' in v),
  ),
  list(
    'list',
    ListFineTuneSnapshotsResponse,
    v => named('list')(v) || listOf(isFineTune)(v),
    ListFineTunesResponse,
  ),
  kind('request', CreateFineTuneRequest, request(false)),
  kind('job-request', CreateFineTuningJobRequest, request(true)),
  kind('error', ErrorResponse, v => !('object' in v) && isFields(v['error'])),
]

/**
 * The kind of record that a value looks like, or why it looks like none.
 *
 * @example
 * RecordKind.detect({ object: 'chat.completion' }) // => either.left('no kind of record here is called "chat.completion"')
 */
export const detect = (value: unknown): E.Either<string, RecordKind> => {
  if (!isFields(value)) return E.left('not an object')
  if (isTogethers(value))
    return E.left("an event of Together's fine-tuning, which shares the name of OpenAI's and no more")
  const found = all.find(({ matches }) => matches(value))
  if (found !== undefined) return E.right(found)
  const object = value['object']
  return E.left(
    object === undefined
      ? 'no "object" says what it is, and its fields do not either'
      : `no kind of record here is called ${JSON.stringify(object)}`,
  )
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Azure's ids have 32 hex digits, and two of its words for the status are its own. */
const isAzures = ({ id, status }: Fields): boolean =>
  (typeof id === 'string' && /^ft-[0-9a-f]{32}$/.test(id)) || status === 'notRunning' || status === 'canceled'

/** Together's `FineTuneEvent` has the same `object`, text for times, and fields that OpenAI's never had. */
const isTogethers = (value: Fields): boolean =>
  named('fine-tune-event')(value) &&
  (typeof value['created_at'] === 'string' ||
    ['param_count', 'token_count', 'hash'].some(key => key in value))
