import { anyKindCodec } from '@finetune-kit/archive'
import { Observation, RecordKind } from '@finetune-kit/model'
import { formatByName, formats, type LazyFormat } from '@finetune-kit/serialization'
import { writeRecords } from '@finetune-kit/serialization/effect'
import type { RunFilter, Store, StoreError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import { api } from '../../api/definition/api.ts'
import { answer, type ApiError, apiError } from '../ApiError.ts'
import { attachment } from '../attachment.ts'
import { runFilter } from '../runFilter.ts'
import { giveTurns } from '../takeTurns.ts'

/** Downloads of any selection of runs in any format. */
export const exportHandlers = (store: Store) =>
  HttpApiBuilder.group(api, 'export', handlers =>
    handlers.handleAll({
      export: ({ query: { format: name = 'NDJSON', what = 'records', ...query } }) =>
        answer(
          Effect.gen(function* () {
            const lazy = formatByName(name) as LazyFormat
            const filter = runFilter(query)
            const codec =
              what === 'observations' ? (Observation as t.Type<unknown>) : yield* codecOf(store, filter, lazy)
            const format = yield* Effect.promise(lazy.load)
            const records: Stream.Stream<ReadonlyArray<unknown>, StoreError> = what === 'observations'
              ? store.exportObservations(filter)
              : store.lastRecords(filter)
            const bytes = writeRecords(format.of(codec))(
              Stream.flatMap(giveTurns(records), Stream.fromIterable),
            )
            return HttpServerResponse.stream(bytes, {
              contentType: lazy.mediaType,
              headers: attachment(`${what === 'records' ? 'runs' : 'observations'}${lazy.extensions[0]}`),
            })
          }),
        ),
    }),
  )

/** A format that needs a schema holds one kind of record. */
const codecOf = (
  store: Store,
  filter: RunFilter,
  { name, needsSchema }: LazyFormat,
): Effect.Effect<t.Type<unknown>, ApiError | StoreError> =>
  needsSchema
    ? Effect.flatMap(store.recordKinds(filter), ([first, ...more]) => {
        const kind = RecordKind.all.find(kind => kind.name === first)
        if (kind !== undefined && more.length === 0) return Effect.succeed(kind.codec)
        const free = formats.flatMap(format => (format.needsSchema ? [] : [format.name])).join(', ')
        return Effect.fail(
          apiError(
            400,
            kind === undefined
              ? 'No run to export. Pass another filter.'
              : `format: a file of ${name} holds one kind of record, and these are ${[first, ...more].join(', ')}. Pass kind=job or kind=fine-tune, or one of ${free}.`,
          ),
        )
      })
    : Effect.succeed(anyKindCodec())
