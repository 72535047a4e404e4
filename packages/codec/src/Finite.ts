import * as t from 'io-ts'
import { annotate } from './Meta.ts'

/**
 * A number that JSON can hold: not NaN, not infinite. (io-ts's `number` accepts both, and
 * `JSON.stringify` then writes `null`.)
 */
export const Finite: t.Type<number> = annotate(t.refinement(t.number, Number.isFinite, 'finite number'), {
  constraints: { minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE },
})
