import type * as t from 'io-ts'
import { type CodeEmitter, codeEmitter, quote } from './CodeEmitter.ts'
import type { ValidatorPart } from './ValidatorPart.ts'

/** Emits the code of one validator. */
export interface ValidatorEmitter extends CodeEmitter {
  /**
   * Makes a part of statements: they are inlined a few times, and called as a function after that.
   */
  readonly block: (part: Omit<ValidatorPart, 'test'>) => ValidatorPart
  /** The name of the function of a recursive codec, defined on its first use. */
  readonly recursive: (codec: t.Any, body: () => ValidatorPart['body']) => string
  /** Source text for a value: a literal where there is one, else the name of a constant. */
  readonly literal: (value: unknown) => string
}

/**
 * Limits how often the statements of a part are inlined, so that code size is linear in the codec.
 */
const maxInlined = 4

export const validatorEmitter = (): ValidatorEmitter => {
  const emitter = codeEmitter()
  const { name, bound, define } = emitter
  const functions = new Map<t.Any, string>()
  return {
    ...emitter,
    block: part => {
      let inlined = 0
      let f: string | undefined
      const test = (x: string) => {
        if (f === undefined) define((f = name()), part.body)
        return `${f}(${x})`
      }
      const body = (x: string) => (inlined++ < maxInlined ? part.body(x) : `if (!${test(x)}) return false\n`)
      return { ...part, test, body }
    },
    recursive: (codec, body) => {
      let f = functions.get(codec)
      if (f === undefined) {
        functions.set(codec, (f = name()))
        define(f, body())
      }
      return f
    },
    literal: value => {
      if (typeof value === 'string') return quote(value)
      if (typeof value !== 'number' && typeof value !== 'boolean') return bound(value)
      return Object.is(value, -0) ? '-0' : String(value)
    },
  }
}
