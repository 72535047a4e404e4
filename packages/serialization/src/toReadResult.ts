import { type DecodeError, malformed } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import type { ReadResult, RecordPosition } from './Format.ts'

/**
 * Makes results of what a format reads: at most `max` records, rejects otherwise. `read` is not
 * called beyond `max`, and `raw` only for a reject. Both get the position as an argument, so that
 * no closure is made for each record. The error of a numbered record holds its number.
 */
export const toReadResult = <A>(format: string, max: number) => {
  let accepted = 0
  return <P extends RecordPosition>(
    place: P,
    raw: (place: P) => Uint8Array,
    read: (place: P) => E.Either<DecodeError, A>,
  ): ReadResult<A> => {
    const { offset, line, record } = place
    const result =
      accepted < max
        ? read(place)
        : E.left(malformed(format, `more than ${max} records`, { offset, line: line ?? 1, column: 1 }))
    if (E.isLeft(result)) {
      const error = record === undefined ? result.left : { ...result.left, record }
      const reject = { _tag: 'Reject', raw: raw(place), error, offset } as const
      if (record !== undefined) return { ...reject, record }
      return line === undefined ? reject : { ...reject, line }
    }
    accepted++
    const value = result.right
    if (record !== undefined) return { _tag: 'Record', value, offset, record }
    return line === undefined ? { _tag: 'Record', value, offset } : { _tag: 'Record', value, offset, line }
  }
}
