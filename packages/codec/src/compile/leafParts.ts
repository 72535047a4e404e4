import * as t from 'io-ts'
import type { Algebra } from '../Algebra.ts'
import type { ValidatorEmitter } from './ValidatorEmitter.ts'
import { kinds, leaf, type ValidatorPart } from './ValidatorPart.ts'

type Leaves = 'unknown' | 'undefined' | 'null' | 'boolean' | 'number' | 'string' | 'literal'

/** The parts of values without parts. */
export const leafParts = ({ bound, literal }: ValidatorEmitter): Pick<Algebra<ValidatorPart>, Leaves> => ({
  unknown: c => leaf(c, kinds.all, x => `${x} === ${x}`, false),
  undefined: c => leaf(c, kinds.undefined, x => `${x} === undefined`),
  null: c => leaf(c, kinds.null, x => `${x} === null`),
  boolean: c => leaf(c, kinds.boolean, x => `typeof ${x} === 'boolean'`),
  // NaN differs from itself, so io-ts copies the object that holds it
  number: c => leaf(c, kinds.number, x => `typeof ${x} === 'number' && ${x} === ${x}`, false),
  string: c => leaf(c, kinds.string, x => `typeof ${x} === 'string'`),
  literal: (values, c) => {
    if (c instanceof t.KeyofType) {
      const keys = bound(c.keys)
      return leaf(c, kinds.string, x => `typeof ${x} === 'string' && Object.hasOwn(${keys}, ${x})`)
    }
    const [value] = values
    const isZero = value === 0
    // io-ts returns the codec's own zero for a zero of the other sign
    const test = (x: string) => (isZero ? `Object.is(${x}, ${literal(value)})` : `${x} === ${literal(value)}`)
    return { ...leaf(c, isZero ? kinds.number : kinds.all, test, !isZero), literal: { value } }
  },
})
