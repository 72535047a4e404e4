import { compileFunction } from './compileFunction.ts'
import { assignKeys } from './assignKeys.ts'
import { objectLiteral } from './objectLiteral.ts'

/** Builds an object from a list of values. */
export type ObjectBuilder = (values: ReadonlyArray<unknown>) => Record<string, unknown>

/**
 * Compiles a builder of objects with these own keys, whatever their names; the value of each is at
 * its index in the list. Default: the key's own position. After a few uses it is one object
 * literal, which V8 creates several times as fast as an object that grows key by key.
 *
 * @example
 * compileObjectBuilder(['id', 'n_epochs'])(['ft-1', 4]) // => { id: 'ft-1', n_epochs: 4 }
 */
export const compileObjectBuilder = (
  keys: ReadonlyArray<string>,
  places: ReadonlyArray<number> = Array.from(keys.keys()),
): ObjectBuilder => {
  const literal = objectLiteral(keys, i => `values[${places[i]}]`)
  const growing: ObjectBuilder = values => assignKeys(keys, i => values[places[i] as number])
  if (literal === undefined || literal.length > maxLength) return growing
  const before = known.get(literal)
  if (before !== undefined) return before
  let uses = 0
  let make: ObjectBuilder = values => {
    if (++uses === worth)
      make = (compileFunction(`return values => (${literal})`)?.() as ObjectBuilder | undefined) ?? make
    return growing(values)
  }
  const learning: ObjectBuilder = values => make(values)
  if (known.size === maxKnown) known.clear()
  known.set(literal, learning)
  return learning
}

/**
 * Builders are shared by key list, so callers with the same keys share one optimized function.
 * Cleared at 256 entries: the cache holds at most 8 Mi characters, whatever keys inputs choose.
 */
const known = new Map<string, ObjectBuilder>()
const maxKnown = 256
const maxLength = 32 * 1024

/** Uses before code is generated. */
const worth = 8
