import { decode, draw } from '@finetune-kit/codec'
import {
  AzureFineTune,
  CheckpointPermission,
  type Dialect,
  FineTuneEvent,
  FineTuneSnapshot,
  FineTuningJobCheckpointSnapshot,
  FineTuningJobEventSnapshot,
  FineTuningJobSnapshot,
  OpenAIFileSnapshot,
} from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import * as Redacted from 'effect/Redacted'
import type * as Scope from 'effect/Scope'
import type * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import { addressOf, type ClientOptions, keyError } from './ClientOptions.ts'
import { type Page, pages } from './pages.ts'
import { makeRequests } from './Requests.ts'
import { type ServiceError, serviceError } from './ServiceError.ts'
import { transport } from './transport.ts'

/** A legacy fine-tune as OpenAI or Azure writes it. */
export type FineTuneRecord = FineTuneSnapshot | AzureFineTune

/** Reads a service; it changes nothing there. Records are as they came, with unknown keys. */
export interface Client {
  /** The base URL, as the source of observations. */
  readonly source: string
  readonly dialect: Dialect
  readonly jobs: Stream.Stream<Page<FineTuningJobSnapshot>, ServiceError>
  readonly job: (id: string) => Effect.Effect<FineTuningJobSnapshot, ServiceError>
  readonly events: (id: string) => Stream.Stream<Page<FineTuningJobEventSnapshot>, ServiceError>
  readonly checkpoints: (id: string) => Stream.Stream<Page<FineTuningJobCheckpointSnapshot>, ServiceError>
  /** The permissions of a checkpoint, by the name of its model. */
  readonly permissions: (checkpoint: string) => Stream.Stream<Page<CheckpointPermission>, ServiceError>
  readonly fineTunes: Stream.Stream<Page<FineTuneRecord>, ServiceError>
  readonly fineTune: (id: string) => Effect.Effect<FineTuneRecord, ServiceError>
  readonly fineTuneEvents: (id: string) => Stream.Stream<Page<FineTuneEvent>, ServiceError>
  readonly files: Stream.Stream<Page<OpenAIFileSnapshot>, ServiceError>
  readonly file: (id: string) => Effect.Effect<OpenAIFileSnapshot, ServiceError>
  /** The text of a file, as it came: it may be base64. */
  readonly content: (id: string) => Effect.Effect<string, ServiceError>
}

/** Makes a client. The connections live as long as the scope. */
export const make = (options: ClientOptions): Effect.Effect<Client, ServiceError, Scope.Scope> =>
  Effect.gen(function* () {
    const address = addressOf(options)
    if (address._tag === 'Left') return yield* Effect.fail(address.left)
    const { key, keyName = 'key' } = options
    const wrong = key === undefined ? undefined : keyError(Redacted.value(key), keyName)
    if (wrong !== undefined) return yield* Effect.fail(wrong)
    const requests = makeRequests(yield* transport(), options, address.right)
    const list = pages(requests, { isWhole: false })
    // a legacy list is one page, whatever the number of its items
    const whole = pages(requests, { isWhole: true })
    const one =
      <A>(codec: t.Type<A>) =>
      (...path: ReadonlyArray<string>): Effect.Effect<A, ServiceError> =>
        Effect.flatMap(requests.json(path), value => {
          const decoded = decode(codec)(value)
          if (decoded._tag === 'Right') return Effect.succeed(decoded.right)
          const [issue = ''] = draw(decoded.left).split('\n')
          const text = `${requests.subject(path)}: no ${codec.name} (${issue}). Check the base URL and the dialect.`
          return Effect.fail(serviceError('Unexpected', text))
        })
    const isAzure = address.right.dialect === 'azure'
    const fineTuneCodec = (isAzure ? AzureFineTune : FineTuneSnapshot) as t.Type<FineTuneRecord>
    return {
      source: address.right.source,
      dialect: address.right.dialect,
      jobs: list(['fine_tuning', 'jobs'], FineTuningJobSnapshot),
      job: id => one(FineTuningJobSnapshot)('fine_tuning', 'jobs', id),
      events: id => list(['fine_tuning', 'jobs', id, 'events'], FineTuningJobEventSnapshot),
      checkpoints: id => list(['fine_tuning', 'jobs', id, 'checkpoints'], FineTuningJobCheckpointSnapshot),
      permissions: checkpoint =>
        list(['fine_tuning', 'checkpoints', checkpoint, 'permissions'], CheckpointPermission),
      fineTunes: whole(['fine-tunes'], fineTuneCodec),
      fineTune: id => one(fineTuneCodec)('fine-tunes', id),
      fineTuneEvents: id => whole(['fine-tunes', id, 'events'], FineTuneEvent),
      files: list(['files'], OpenAIFileSnapshot),
      file: id => one(OpenAIFileSnapshot)('files', id),
      content: id => requests.content(['files', id, 'content']),
    }
  })
