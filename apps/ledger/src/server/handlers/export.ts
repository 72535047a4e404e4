import { anyKindCodec } from '@finetune-kit/archive'
import { draw, escapeUnprintable, Identity } from '@finetune-kit/codec'
import { Observation, RecordKind } from '@finetune-kit/model'
import { formatByName, formats, type LazyFormat } from '@finetune-kit/serialization'
import { type BadRecord, writeRecords } from '@finetune-kit/serialization/effect'
import type { OnDamage, RunFilter, Store, StoreError } from '@finetune-kit/store'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
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
              ? store.exportObservations(filter, tellDamage)
              : store.lastRecords(filter)
            const bytes = writeRecords(format.of(codec))(
              Stream.flatMap(giveTurns(records), Stream.fromIterable),
            ).pipe(Stream.tapError(error => Console.error(cutOff(lazy.name, error))))
            return HttpServerResponse.stream(bytes, {
              contentType: lazy.mediaType,
              headers: attachment(`${what === 'records' ? 'runs' : 'observations'}${lazy.extensions[0]}`),
            })
          }),
        ),
    }),
  )

/**
 * Says why a download is cut off. Its status is sent before its records are written, so that only
 * who runs the server can be told.
 */
const cutOff = (format: string, bad: BadRecord | StoreError): string => {
  const reason = bad._tag === 'StoreError' ? bad.message : `${drawBad(bad)}. Export it in another format.`
  return `The export as ${format} was cut off: ${reason}`
}

/** Says which run a download has not all snapshots of. */
const tellDamage: OnDamage = (id, { n, reason, remedy }) =>
  Console.error(
    `The export lacks snapshots of run ${escapeUnprintable(JSON.stringify(id))}: snapshot ${n + 1} of its history: ${reason}. ${remedy}`,
  )

/** The error of a record that cannot be written, with its id, or its number. */
const drawBad = (bad: BadRecord): string => {
  if (bad._tag === 'Reject') return draw(bad.error)
  const kind = RecordKind.detect(bad.value)
  const id = E.isRight(kind) ? Identity.of(kind.right.codec).idOf(bad.value) : undefined
  const name = typeof id === 'string' ? escapeUnprintable(id, 80) : `record ${bad.index + 1}`
  return draw({ ...bad.error, reason: `cannot be written: ${bad.error.reason}` }, name)
}

/** A format that needs a schema holds one kind of record. */
const codecOf = (
  store: Store,
  filter: RunFilter,
  { name, needsSchema }: LazyFormat,
): Effect.Effect<t.Type<unknown>, ApiError | StoreError> =>
  needsSchema
    ? Effect.flatMap(store.recordKinds(filter), ([first, ...more]) => {
        const kind = RecordKind.byName(first)
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
