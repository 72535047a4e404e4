import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type { RandomAccessFile, ReaderOptions, ReadResult, RecordFormat, WriterOptions } from '../Format.ts'
import type { BadRecord, BadRecordPolicy } from './BadRecordPolicy.ts'
import { batchResults, encodeBatch } from './Batch.ts'
import { readResults } from './readResults.ts'
import { type Tally, tally } from './Tally.ts'
import { flattenLazily } from './flattenLazily.ts'
import { inAsyncBatches, inBatches } from './inBatches.ts'
import { applyPolicy } from './applyPolicy.ts'

export interface ReadOptions<E = never, R = never> extends ReaderOptions {
  /** The handling of records that cannot be read. Default: fail at the first one. */
  readonly bad?: BadRecordPolicy<E, R>
  /** The tally that the stream counts on. */
  readonly tally?: Tally
}

export interface WriteOptions<E = never, R = never> extends WriterOptions {
  /** The handling of records that the format cannot hold. Default: fail at the first one. */
  readonly bad?: BadRecordPolicy<E, R>
  readonly tally?: Tally
}

/**
 * Reads the records of a stream of bytes. Memory: one chunk, and the record that crosses its end.
 * Damage of compressed data is a bad record after all that came before it.
 */
export const readRecords =
  <A, E1 = never, R1 = never>(format: Pick<RecordFormat<A>, 'reader'>, options: ReadOptions<E1, R1> = {}) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<A, E | E1 | BadRecord, R | R1> =>
    Stream.suspend(() => {
      const { bad = 'fail', tally: count = tally(), ...limits } = options
      const reader = format.reader(limits)
      const sort = batchResults<A>(count, bad === 'fail')
      return bytes.pipe(
        Stream.tap(piece => Effect.sync(() => void (count.bytes += piece.length))),
        readResults(reader),
        Stream.map(inBatches),
        flattenLazily,
        Stream.map(sort),
        flattenLazily,
        applyPolicy(bad),
        Stream.onEnd(
          Effect.sync(() => {
            const notes = reader.notes?.() ?? []
            if (notes.length > 0) count.notes = notes
          }),
        ),
      )
    })

/**
 * Reads the records of a random-access file, such as Parquet, by the options of its format. Memory:
 * one row group.
 */
export const readRows =
  <A, O extends ReaderOptions, E1 = never, R1 = never>(
    format: {
      readonly readFrom: (file: RandomAccessFile, options?: O) => AsyncIterable<ReadResult<A>>
    },
    options?: NoInfer<O> & ReadOptions<E1, R1>,
  ) =>
  (file: RandomAccessFile): Stream.Stream<A, E1 | BadRecord, R1> =>
    Stream.suspend(() => {
      const { bad = 'fail', tally: count = tally() } = options ?? {}
      const sort = batchResults<A>(count, bad === 'fail')
      return Stream.fromAsyncIterable(
        inAsyncBatches(format.readFrom(file, options), batchSize),
        cause => cause,
      ).pipe(
        Stream.orDie, // what cannot be read is a reject
        Stream.map(sort),
        flattenLazily,
        applyPolicy(bad),
      )
    })

/** Records in one element of a stream, so that its overhead is shared. */
const batchSize = 16

/** Encodes records as bytes, in chunks worth writing. */
export const writeRecords =
  <A, E1 = never, R1 = never>(format: Pick<RecordFormat<A>, 'writer'>, options: WriteOptions<E1, R1> = {}) =>
  <E, R>(records: Stream.Stream<A, E, R>): Stream.Stream<Uint8Array, E | E1 | BadRecord, R | R1> =>
    Stream.suspend(() => {
      const { bad = 'fail', tally: count = tally(), ...rest } = options
      const writer = format.writer(rest)
      const write = encodeBatch(writer, count, bad === 'fail')
      return records.pipe(
        Stream.mapArray(values => [write(values)] as const),
        Stream.concat(Stream.sync(() => ({ values: [writer.end()], bad: [] }))),
        applyPolicy(bad),
        Stream.filter(piece => piece.length > 0),
      )
    })
