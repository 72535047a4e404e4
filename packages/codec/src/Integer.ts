import * as t from 'io-ts'
import { annotate } from './Meta.ts'

/**
 * An integer that JavaScript holds exactly: from -(2^53 - 1) to 2^53 - 1. Not branded, so that
 * plain literals and other clients' types are assignable.
 */
export const Integer: t.Type<number> = annotate(t.refinement(t.number, Number.isSafeInteger, 'integer'), {
  constraints: { integer: true, minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
})
