import type * as t from 'io-ts'
import { compileFunction } from './compileFunction.ts'
import type { NotesOf } from './FailurePart.ts'
import { sourceOf, unsure } from './FailureSource.ts'

/** Adds everything wrong with `x` to `found`. */
type Collect<F> = (x: unknown, found: Array<F>) => void

/**
 * Returns everything wrong with a value, collected by generated code, which is compiled at the
 * first call. `undefined` where only io-ts decides: the value may decode to another one.
 */
export const compileCollector = <F>(
  codec: t.Any,
  notesOf: NotesOf<F>,
): ((u: unknown) => Array<F> | undefined) => {
  let collect: Collect<F> | undefined
  const compile = (): Collect<F> => {
    const { text, constants } = sourceOf(codec, notesOf)
    return (compileFunction(text, 'k')?.(constants) as Collect<F> | undefined) ?? never
  }
  return u => {
    const found: Array<F> = []
    try {
      collect ??= compile()
      collect(u, found)
    } catch {
      // unsure, too deep, cyclic, or a getter throws: io-ts meets the same by itself
      return undefined
    }
    return found.length === 0 ? undefined : found
  }
}

const never = (): never => {
  throw unsure
}
