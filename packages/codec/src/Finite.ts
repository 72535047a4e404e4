import * as t from 'io-ts'
import { annotate } from './Meta.ts'

/**
 * A number that JSON can say: neither NaN nor an infinity (io-ts's `number` lets them in, and
 * `JSON.stringify` then writes `null`).
 */
export const Finite: t.Type<number> = annotate(t.refinement(t.number, Number.isFinite, 'finite number'), {
  constraints: { minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE },
})
