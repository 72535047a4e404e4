import { type DecodeError, malformed } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import type { ReadResult, RecordPosition } from './Format.ts'

/**
 * Turns what a format read into items: records as long as there are no more than `max` of them, rejects otherwise.
 * `read` is not called for a record that is one too many; `raw` only for a reject. Both are given the place, so that they need not be made for each record.
 */
export const toReadResult = <A>(format: string, max: number) => {
  let accepted = 0
  return <P extends RecordPosition>(
    place: P,
    raw: (place: P) => Uint8Array,
    read: (place: P) => E.Either<DecodeError, A>,
  ): ReadResult<A> => {
    const { offset, line } = place
    const result =
      accepted < max
        ? read(place)
        : E.left(malformed(format, `more than ${max} records`, { offset, line: line ?? 1, column: 1 }))
    if (E.isLeft(result)) {
      const reject = { _tag: 'Reject', raw: raw(place), error: result.left, offset } as const
      return line === undefined ? reject : { ...reject, line }
    }
    accepted++
    const value = result.right
    return line === undefined ? { _tag: 'Record', value, offset } : { _tag: 'Record', value, offset, line }
  }
}
