import { annotate, Finite, Integer } from '@finetune-kit/codec'
import * as t from 'io-ts'

/** Integers from `minimum` to `maximum`. */
export const integerFrom = (minimum: number, maximum?: number): t.Type<number> =>
  annotate(
    t.refinement(
      Integer,
      n => n >= minimum && n <= (maximum ?? n),
      maximum === undefined ? `integer from ${minimum}` : `integer from ${minimum} to ${maximum}`,
    ),
    { constraints: { integer: true, minimum, ...(maximum === undefined ? {} : { maximum }) } },
  )

/** Numbers above 0, up to `maximum`. */
export const positive = (maximum?: number): t.Type<number> =>
  annotate(
    t.refinement(
      Finite,
      n => n > 0 && n <= (maximum ?? n),
      maximum === undefined ? 'number above 0' : `number above 0 and up to ${maximum}`,
    ),
    { constraints: { minimum: Number.MIN_VALUE, ...(maximum === undefined ? {} : { maximum }) } },
  )
