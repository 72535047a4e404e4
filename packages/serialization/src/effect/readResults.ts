import * as Stream from 'effect/Stream'
import type { Reader, ReadResult } from '../Format.ts'
import { damageReject } from './decompress/damageError.ts'

/**
 * The results of a reader, an iterable for each chunk. Damage of compressed data is a reject after
 * all that came before it.
 */
export const readResults =
  <A>(reader: Reader<A>) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<Iterable<ReadResult<A>>, E, R> =>
    bytes.pipe(
      Stream.map(piece => reader.push(piece)),
      Stream.concat(Stream.sync(() => reader.end())),
      Stream.catch(error => {
        const reject = damageReject(error)
        if (reject === undefined) return Stream.fail(error)
        // the record that the damage cuts is no malformed one
        return Stream.sync(() => (reject.records === 0 ? [...reader.end(), reject] : [reject]))
      }),
    )

/** Reads no record: what is left of an input that is read as a file is its damage. */
export const noReader: Reader<never> = { push: () => [], end: () => [] }
