import type * as t from 'io-ts'
import type { ValidatorPart } from './ValidatorPart.ts'
import type { CodeEmitter } from './CodeEmitter.ts'

/** The state of one generated predicate, which the cases of its codec share. */
export interface PredicateContext extends CodeEmitter {
  /** The part of an inner codec. */
  readonly part: (codec: t.Any) => ValidatorPart
  /** A part that is inlined a few times and called after that. */
  readonly block: (part: Omit<ValidatorPart, 'test'>) => ValidatorPart
}

/**
 * Number of times that one part is inlined; after that it is called, which keeps the text linear in
 * the codec.
 */
const maxInlined = 4

export const predicateContext = (
  emitter: CodeEmitter,
  part: (codec: t.Any) => ValidatorPart,
): PredicateContext => ({
  ...emitter,
  part,
  block: inner => {
    let inlined = 0
    let f: string | undefined
    const test = (x: string) => {
      if (f === undefined) emitter.define((f = emitter.name()), inner.body)
      return `${f}(${x})`
    }
    const body = (x: string) => (inlined++ < maxInlined ? inner.body(x) : `if (!${test(x)}) return false\n`)
    return { ...inner, test, body }
  },
})
