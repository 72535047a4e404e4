import * as Stream from 'effect/Stream'
import * as E from '#fp-ts/Either'
import type { Item, ReaderOptions, Records, WriterOptions } from '../Format.ts'
import { concat } from '../internal/utf8.ts'
import type { Bad, Policy } from './Policy.ts'
import { type Tally, tally } from './Tally.ts'

export interface ReadOptions<E = never, R = never> extends ReaderOptions {
  /** What becomes of records that cannot be read; the stream fails at the first one unless said otherwise. */
  readonly bad?: Policy<E, R>
  /** Is counted on as the stream runs. */
  readonly tally?: Tally
}

export interface WriteOptions<E = never, R = never> extends WriterOptions {
  /** What becomes of records that the format cannot hold; the stream fails at the first one unless said otherwise. */
  readonly bad?: Policy<E, R>
  readonly tally?: Tally
}

/** The records in these bytes, through the very reader that reads whole inputs. Memory: a piece, and the record it cuts. */
export const readRecords =
  <A, E1 = never, R1 = never>(format: Records<A>, options: ReadOptions<E1, R1> = {}) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<A, E | E1 | Bad, R | R1> =>
    Stream.suspend(() => {
      const { bad = 'fail', tally: count = tally(), ...limits } = options
      const reader = format.reader(limits)
      const sort = sorter<A>(count, bad === 'fail')
      return bytes.pipe(
        Stream.map(piece => {
          count.bytes += piece.length
          return sort(reader.push(piece))
        }),
        Stream.concat(Stream.sync(() => sort(reader.end()))),
        separate(bad),
      )
    })

/** The good ones of these items, which come with their bytes read: the rows of a Parquet file. */
export const admitted =
  <E1 = never, R1 = never>(options: Pick<ReadOptions<E1, R1>, 'bad' | 'tally'> = {}) =>
  <A, E, R>(items: Stream.Stream<Item<A>, E, R>): Stream.Stream<A, E | E1 | Bad, R | R1> =>
    Stream.suspend(() => {
      const { bad = 'fail', tally: count = tally() } = options
      const sort = sorter<A>(count, bad === 'fail')
      return items.pipe(
        Stream.mapArray(some => [sort(some)] as const),
        separate(bad),
      )
    })

/** Counts items, and tells good ones from bad ones; of those only the first, where it is to end the stream. */
const sorter =
  <A>(count: Tally, isFirstLast: boolean) =>
  (items: Iterable<Item<A>>) => {
    const values: Array<A> = []
    const rejects: Array<Bad> = []
    for (const item of items) {
      const records = item._tag === 'Record' ? 1 : (item.records ?? 1)
      count.read += records
      if (item._tag === 'Record') values.push(item.value)
      else {
        count.rejected += records
        rejects.push(item)
        if (isFirstLast) break
      }
    }
    return { values, rejects }
  }

/** The bytes of these records, in pieces worth writing, through the very writer that writes whole inputs. */
export const writeRecords =
  <A, E1 = never, R1 = never>(format: Pick<Records<A>, 'writer'>, options: WriteOptions<E1, R1> = {}) =>
  <E, R>(records: Stream.Stream<A, E, R>): Stream.Stream<Uint8Array, E | E1 | Bad, R | R1> =>
    Stream.suspend(() => {
      const { bad = 'fail', tally: count = tally(), ...rest } = options
      const writer = format.writer(rest)
      let index = 0
      return records.pipe(
        Stream.mapArray(values => {
          const parts: Array<Uint8Array> = []
          const rejects: Array<Bad> = []
          for (const value of values) {
            const part = writer.push(value)
            if (E.isRight(part)) parts.push(part.right)
            else rejects.push({ _tag: 'Unwritable', index, error: part.left, value })
            index++
          }
          count.written += values.length - rejects.length
          count.rejected += rejects.length
          return [{ values: [concat(parts)], rejects }] as const
        }),
        Stream.concat(Stream.sync(() => ({ values: [writer.end()], rejects: [] }))),
        separate(bad),
        Stream.filter(piece => piece.length > 0),
      )
    })

/** One effect for the bad records of a piece, none for the good ones. */
const separate =
  <E1, R1>(bad: Policy<E1, R1>) =>
  <B, E, R>(
    pieces: Stream.Stream<{ readonly values: ReadonlyArray<B>; readonly rejects: ReadonlyArray<Bad> }, E, R>,
  ): Stream.Stream<B, E | E1 | Bad, R | R1> =>
    pieces.pipe(
      Stream.flatMap(({ values, rejects: [first, ...more] }): Stream.Stream<B, E1 | Bad, R1> => {
        const good = Stream.fromArray(values)
        if (first === undefined) return good
        return bad === 'fail'
          ? Stream.concat(good, Stream.fail(first))
          : Stream.concat(good, Stream.drain(Stream.fromEffect(bad([first, ...more]))))
      }),
    )
