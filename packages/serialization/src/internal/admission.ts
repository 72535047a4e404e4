import { type DecodeError, malformed } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import type { Item, Place } from '../Format.ts'

/**
 * Turns what a format read into items: records as long as there are no more than `max` of them, rejects otherwise.
 * `read` is not called for a record that is one too many; `raw` only for a reject.
 */
export const admission = <A>(format: string, max: number) => {
  let accepted = 0
  return (place: Place, raw: () => Uint8Array, read: () => E.Either<DecodeError, A>): Item<A> => {
    const { offset, line } = place
    const at: Place = line === undefined ? { offset } : { offset, line }
    const result =
      accepted < max
        ? read()
        : E.left(malformed(format, `more than ${max} records`, { offset, line: line ?? 1, column: 1 }))
    if (E.isLeft(result)) return { _tag: 'Reject', raw: raw(), error: result.left, ...at }
    accepted++
    return { _tag: 'Record', value: result.right, ...at }
  }
}
