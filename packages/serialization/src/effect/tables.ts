import * as Cause from 'effect/Cause'
import * as Effect from 'effect/Effect'
import * as Queue from 'effect/Queue'
import * as Stream from 'effect/Stream'
import type { Tables } from '../csv/CsvTables.ts'
import { concat } from '../bytes/utf8.ts'
import type { BadRecord } from './BadRecordPolicy.ts'
import type { ReadOptions, WriteOptions } from './records.ts'
import { applyPolicy } from './applyPolicy.ts'
import { damageReject } from './decompress/damageError.ts'
import { type Batch, batchResults, encodeEach } from './Batch.ts'
import { tally } from './Tally.ts'

/**
 * Reads records from several {@link Tables}. Each table is read only as far as the records need it.
 * Memory: one chunk of each table, and one record.
 */
export const readTables =
  <A, E1 = never, R1 = never>(
    format: Pick<Tables<A>, 'reader' | 'tables'>,
    options: ReadOptions<E1, R1> = {},
  ) =>
  <E, R>(
    inputs: ReadonlyArray<Stream.Stream<Uint8Array, E, R>>,
  ): Stream.Stream<A, E | E1 | BadRecord, R | R1> =>
    Stream.unwrap(
      Effect.gen(function* () {
        const { bad = 'fail', tally: count = tally(), ...limits } = options
        const reader = format.reader(limits)
        const sort = batchResults<A>(count, bad === 'fail')
        const pulls = yield* Effect.forEach(inputs, input => Stream.toPull(input))
        const next = Effect.suspend((): Effect.Effect<readonly [ReadonlyArray<Batch<A>>], E | Cause.Done> => {
          const table = reader.wants()
          if (table === undefined) return Cause.done()
          const ended = () => Effect.sync(() => [sort(reader.end(table))] as const)
          const pull = pulls[table]
          if (pull === undefined) return ended()
          return pull.pipe(
            Effect.map(pieces => {
              const piece = concat(pieces)
              count.bytes += piece.length
              return [sort(reader.push(table, piece))] as const
            }),
            Effect.catch(error => {
              if (Cause.isDone(error)) return ended()
              const reject = damageReject(error, format.tables[table])
              if (reject === undefined) return Effect.fail(error)
              const last = () => [...reader.end(table)]
              return Effect.sync(
                () => [sort(reject.records === 0 ? [...last(), reject] : [reject, ...last()])] as const,
              )
            }),
          )
        })
        return Stream.fromPull(Effect.succeed(next)).pipe(Stream.flattenIterable, applyPolicy(bad))
      }),
    )

export interface WriteTablesOptions<E1, R1, E2, R2> extends Omit<WriteOptions<E1, R1>, 'compact' | 'pretty'> {
  /** Consumes the bytes of the tables, all at the same time, as `writeFiles` does. */
  readonly write: (tables: ReadonlyArray<Stream.Stream<Uint8Array>>) => Effect.Effect<void, E2, R2>
}

/**
 * Writes records to several tables. The streams of bytes end after the last record; if writing
 * fails or is interrupted, their consumer is interrupted too.
 */
export const writeTables =
  <A, E2, R2, E1 = never, R1 = never>(
    { tables, writer: open }: Pick<Tables<A>, 'tables' | 'writer'>,
    { bad = 'fail', tally: count = tally(), write }: WriteTablesOptions<E1, R1, E2, R2>,
  ) =>
  <E, R>(records: Stream.Stream<A, E, R>): Effect.Effect<void, E | E1 | E2 | BadRecord, R | R1 | R2> =>
    Effect.gen(function* () {
      const writer = open()
      const writing = encodeEach(writer, count, bad === 'fail')
      const queues = yield* Effect.forEach(tables, () => Queue.bounded<Uint8Array, Cause.Done>(ahead))
      const together = ({ values, bad: worse }: Batch<ReadonlyArray<Uint8Array>>) => ({
        values: [tables.map((_, i) => concat(values.map(parts => parts[i] as Uint8Array)))],
        bad: worse,
      })
      const dealing = records.pipe(
        Stream.mapArray(values => [together(writing(values))] as const),
        Stream.concat(Stream.sync(() => ({ values: [writer.end()], bad: [] }))),
        applyPolicy(bad),
        Stream.runForEach(parts =>
          Effect.forEach(
            queues,
            (queue, i) => {
              const part = parts[i] as Uint8Array
              return part.length === 0 ? Effect.void : Queue.offer(queue, part)
            },
            { discard: true },
          ),
        ),
        Effect.andThen(Effect.forEach(queues, queue => Queue.end(queue), { discard: true })),
      )
      yield* Effect.all([dealing, write(queues.map(Stream.fromQueue))], { concurrency: 2, discard: true })
    })

/** Chunks of a table that may wait for the consumer. */
const ahead = 4
