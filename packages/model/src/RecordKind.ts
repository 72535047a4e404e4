import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { escapeUnprintable } from '@finetune-kit/codec'
import { isObject } from '@finetune-kit/codec/compile'
import { AzureFineTune } from './azure/AzureFineTune.ts'
import { CreateFineTuneRequest } from './CreateFineTuneRequest.ts'
import { ErrorResponse } from './ErrorResponse.ts'
import { FineTune } from './FineTune.ts'
import { FineTuneEvent } from './FineTuneEvent.ts'
import { FineTuneSnapshot } from './FineTuneSnapshot.ts'
import { foreignText, foreignVendor } from './foreignVendor.ts'
import {
  CheckpointPermission,
  CheckpointPermissionDeleted,
  CreateCheckpointPermissionRequest,
} from './job/CheckpointPermission.ts'
import { CreateFineTuningJobRequest } from './job/CreateFineTuningJobRequest.ts'
import { FineTuningJob } from './job/FineTuningJob.ts'
import { FineTuningJobCheckpoint, FineTuningJobCheckpointSnapshot } from './job/FineTuningJobCheckpoint.ts'
import { FineTuningJobEvent, FineTuningJobEventSnapshot } from './job/FineTuningJobEvent.ts'
import { FineTuningJobSnapshot } from './job/FineTuningJobSnapshot.ts'
import {
  ListCheckpointPermissionsResponse,
  ListCheckpointPermissionsResponseSnapshot,
  ListFilesResponse,
  ListFineTuningJobCheckpointSnapshotsResponse,
  ListFineTuningJobCheckpointsResponse,
  ListFineTuningJobEventSnapshotsResponse,
  ListFineTuningJobEventsResponse,
  ListFineTuningJobSnapshotsResponse,
  ListModelsResponse,
  ListPaginatedFineTuningJobsResponse,
} from './job/PageOf.ts'
import {
  FineTuningWebhookEvent,
  FineTuningWebhookEventSnapshot,
  OtherWebhookEvent,
} from './job/WebhookEvent.ts'
import { ListFineTuneEventsResponse, ListFineTuneSnapshotsResponse, ListFineTunesResponse } from './ListOf.ts'
import { Model, ModelDeleted } from './Model.ts'
import { Observation } from './Observation.ts'
import { FileDeleted, OpenAIFile, OpenAIFileSnapshot } from './OpenAIFile.ts'
import * as Kinds from './kindPredicates.ts'
import { ResultFile } from './ResultFile.ts'
import { RunAnnotation } from './RunAnnotation.ts'
import { camelCaseReason, describeUnknown, inSnakeCase, isCamelCase } from './describeUnknown.ts'
import { WatchRecord } from './WatchRecord.ts'

/** A kind of record under the name that a person uses. */
export interface RecordKind {
  readonly name: string
  /** The codec of the records as the service sends them. */
  readonly codec: t.Mixed
  /** The codec of the documented contract; the same one where they agree. */
  readonly contract: t.Mixed
  /** True if a value of this kind is a whole list, whose items are records. */
  readonly isList: boolean
  /** True if a value of this kind is a run of either family, at some moment of its life. */
  readonly isRun: boolean
  /** True if a value of this kind belongs to a run: an event, a checkpoint, a result file. */
  readonly isPartOfRun: boolean
  /** True if a value looks like this kind, whatever else may be wrong with it. */
  readonly matches: (value: Kinds.Fields) => boolean
}

const kind = (
  name: string,
  codec: t.Mixed,
  matches: RecordKind['matches'],
  contract: t.Mixed = codec,
): RecordKind => ({ name, codec, contract, matches, isList: false, isRun: false, isPartOfRun: false })

const run = (...args: Parameters<typeof kind>): RecordKind => ({ ...kind(...args), isRun: true })

const part = (...args: Parameters<typeof kind>): RecordKind => ({ ...kind(...args), isPartOfRun: true })

const list = (
  name: string,
  codec: t.Mixed,
  isItem: RecordKind['matches'],
  contract: t.Mixed = codec,
): RecordKind => ({ ...kind(name, codec, Kinds.listOf(isItem), contract), isList: true })

const { named } = Kinds

/** All kinds of records, most particular first. */
export const all: ReadonlyArray<RecordKind> = [
  kind('observation', Observation, named('finetune-kit.observation')),
  kind('annotation', RunAnnotation, named('finetune-kit.annotation')),
  kind('watch', WatchRecord, named('finetune-kit.watch')),
  part('result-file', ResultFile, named('finetune-kit.result-file')),
  run('azure-fine-tune', AzureFineTune, Kinds.isAzureFineTune),
  run('fine-tune', FineTuneSnapshot, Kinds.isFineTune, FineTune),
  part('event', FineTuneEvent, Kinds.isEvent),
  kind('webhook-event', FineTuningWebhookEventSnapshot, Kinds.isFineTuningWebhook, FineTuningWebhookEvent),
  kind('other-webhook-event', OtherWebhookEvent, Kinds.isOtherWebhook),
  kind('file-deleted', FileDeleted, Kinds.deleted('file')),
  kind('file', OpenAIFileSnapshot, named('file'), OpenAIFile),
  run('job', FineTuningJobSnapshot, Kinds.isJob, FineTuningJob),
  part('job-event', FineTuningJobEventSnapshot, Kinds.isJobEvent, FineTuningJobEvent),
  part('checkpoint', FineTuningJobCheckpointSnapshot, Kinds.isCheckpoint, FineTuningJobCheckpoint),
  kind('checkpoint-permission-deleted', CheckpointPermissionDeleted, Kinds.deleted('checkpoint.permission')),
  kind('checkpoint-permission', CheckpointPermission, Kinds.isPermission),
  kind('model-deleted', ModelDeleted, Kinds.deleted('model')),
  kind('model', Model, named('model')),
  list('event-list', ListFineTuneEventsResponse, Kinds.isEvent),
  list('job-list', ListFineTuningJobSnapshotsResponse, Kinds.isJob, ListPaginatedFineTuningJobsResponse),
  list(
    'job-event-list',
    ListFineTuningJobEventSnapshotsResponse,
    Kinds.isJobEvent,
    ListFineTuningJobEventsResponse,
  ),
  list(
    'checkpoint-permission-list',
    ListCheckpointPermissionsResponseSnapshot,
    Kinds.isPermission,
    ListCheckpointPermissionsResponse,
  ),
  list('file-list', ListFilesResponse, named('file')),
  list('model-list', ListModelsResponse, named('model')),
  {
    ...list(
      'checkpoint-list',
      ListFineTuningJobCheckpointSnapshotsResponse,
      Kinds.isCheckpoint,
      ListFineTuningJobCheckpointsResponse,
    ),
    matches: v => Kinds.listOf(Kinds.isCheckpoint)(v) || Kinds.isEmptyPage(v),
  },
  {
    ...list('list', ListFineTuneSnapshotsResponse, Kinds.isFineTune, ListFineTunesResponse),
    matches: v => named('list')(v) || Kinds.listOf(Kinds.isFineTune)(v),
  },
  kind('request', CreateFineTuneRequest, Kinds.isRequest),
  kind('job-request', CreateFineTuningJobRequest, Kinds.isJobRequest),
  kind('checkpoint-permission-request', CreateCheckpointPermissionRequest, Kinds.isPermissionRequest),
  kind('error', ErrorResponse, Kinds.isError),
]

/**
 * The kind of record that a value looks like, or the reason why it looks like none.
 *
 * @example
 * RecordKind.detect({ object: 'chat.completion' }) // => either.left('no kind of record here is called "chat.completion"')
 */
export const detect = (value: unknown): E.Either<string, RecordKind> => {
  try {
    if (isObject(value)) return detectObject(value)
    if (Array.isArray(value) && isObject(value[0]))
      return E.left('a list, not an object. Write its items as records of their own')
    const isJsonText = typeof value === 'string' && /^\s*[[{]/.test(value)
    return E.left(
      isJsonText ? 'a text that holds JSON, not an object. Unpack it: jq fromjson' : 'not an object',
    )
  } catch {
    return E.left('an object whose fields cannot be read') // a getter that throws
  }
}

const findKind = (value: Kinds.Fields): RecordKind | undefined => all.find(({ matches }) => matches(value))

const detectObject = (value: Kinds.Fields): E.Either<string, RecordKind> => {
  const foreign = foreignVendor(value)
  if (foreign !== undefined) return E.left(foreignText(foreign))
  const item = Kinds.firstItem(value)
  const foreignItem = item === undefined ? undefined : foreignVendor(item)
  if (foreignItem !== undefined) return E.left(`a list: ${foreignText(foreignItem)}`)
  const found = findKind(value)
  // some kinds have no created_at, and any record may have more keys
  if (isCamelCase(value) && found?.codec.is(value) !== true && findKind(inSnakeCase(value)) !== undefined)
    return E.left(camelCaseReason)
  if (found !== undefined) return E.right(found)
  const description = describeUnknown(value, inner => findKind(inner) !== undefined)
  if (description !== undefined) return E.left(description)
  const object = value['object']
  if (object === undefined)
    return E.left('the field "object" is missing, and the other fields match no kind of record')
  return E.left(
    typeof object === 'string'
      ? `no kind of record here is called ${escapeUnprintable(JSON.stringify(object), 200)}`
      : 'the field "object", which names the kind of record, is not a string',
  )
}

/**
 * The kind with this name; undefined if there is none.
 *
 * @example
 * RecordKind.byName('job')?.isRun // => true
 */
export const byName = (name: string | undefined): RecordKind | undefined =>
  all.find(kind => kind.name === name)

/**
 * The words for a record of a kind, by its name: to count with.
 *
 * @example
 * RecordKind.nounOf('job-event') // => 'job event'
 * RecordKind.nounOf('file-deleted') // => 'file deletion'
 */
export const nounOf = (name: RecordKind['name']): string =>
  nouns[name] ?? name.replace(/-deleted$/, '-deletion').replaceAll(/(?<!fine)-/g, ' ')

const nouns: Readonly<Record<string, string>> = {
  error: 'error response',
  'azure-fine-tune': 'Azure fine-tune',
}
