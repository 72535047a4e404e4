import { setImmediate } from 'node:timers/promises'
import * as Stream from 'effect/Stream'
import type { RandomAccessFile, ReaderOptions, RecordFormat, WriterOptions } from '../Format.ts'
import type { BadRecord, BadRecordPolicy } from './BadRecordPolicy.ts'
import { batchResults, encodeBatch } from './Batch.ts'
import { type Tally, tally } from './Tally.ts'
import { flattenLazily } from './flattenLazily.ts'
import { applyPolicy } from './applyPolicy.ts'

export interface ReadOptions<E = never, R = never> extends ReaderOptions {
  /**
   * What becomes of records that cannot be read; the stream fails at the first one unless said
   * otherwise.
   */
  readonly bad?: BadRecordPolicy<E, R>
  /** Is counted on as the stream runs. */
  readonly tally?: Tally
}

export interface WriteOptions<E = never, R = never> extends WriterOptions {
  /**
   * What becomes of records that the format cannot hold; the stream fails at the first one unless
   * said otherwise.
   */
  readonly bad?: BadRecordPolicy<E, R>
  readonly tally?: Tally
}

/**
 * The records in these bytes, through the very reader that reads whole inputs. Memory: a piece, and
 * the record it cuts.
 */
export const readRecords =
  <A, E1 = never, R1 = never>(format: RecordFormat<A>, options: ReadOptions<E1, R1> = {}) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<A, E | E1 | BadRecord, R | R1> =>
    Stream.suspend(() => {
      const { bad = 'fail', tally: count = tally(), ...limits } = options
      const reader = format.reader(limits)
      const sort = batchResults<A>(count, bad === 'fail')
      return bytes.pipe(
        Stream.map(piece => {
          count.bytes += piece.length
          return reader.push(piece)
        }),
        Stream.concat(Stream.sync(() => reader.end())),
        Stream.map(inBatches),
        flattenLazily,
        Stream.map(sort),
        flattenLazily,
        applyPolicy(bad),
      )
    })

/**
 * The records of a file that is read at the places that its format needs: those of a Parquet file.
 * Memory: a row group.
 */
export const readRows =
  <A, E1 = never, R1 = never>(
    format: Required<Pick<RecordFormat<A>, 'readFrom'>>,
    options: ReadOptions<E1, R1> = {},
  ) =>
  (file: RandomAccessFile): Stream.Stream<A, E1 | BadRecord, R1> =>
    Stream.suspend(() => {
      const { bad = 'fail', tally: count = tally(), ...limits } = options
      const sort = batchResults<A>(count, bad === 'fail')
      return Stream.fromAsyncIterable(batches(format.readFrom(file, limits)), cause => cause).pipe(
        Stream.orDie, // what cannot be read is a reject
        Stream.map(sort),
        flattenLazily,
        applyPolicy(bad),
      )
    })

/** So many records at once that what a stream costs for each of its parts is not each record's. */
const batchSize = 16

/** The most that are held at once of what came out of one piece, which may unfold to millions. */
const maxBatch = 4096

/**
 * No more is taken from an iterable than is asked for. As arrays: generators inside each other keep
 * what they went through for long.
 */
function* inBatches<A>(all: Iterable<A>): Generator<ReadonlyArray<A>> {
  let batch: Array<A> = []
  for (const one of all)
    if (batch.push(one) === maxBatch) {
      yield batch
      batch = []
    }
  yield batch
}

async function* batches<A>(all: AsyncIterable<A>): AsyncGenerator<ReadonlyArray<A>> {
  let batch: Array<A> = []
  for await (const one of all)
    if (batch.push(one) === batchSize) {
      yield batch
      batch = []
      await setImmediate() // the collector ends its marking in a task of its own
    }
  yield batch
}

/**
 * The bytes of these records, in pieces worth writing, through the very writer that writes whole
 * inputs.
 */
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
