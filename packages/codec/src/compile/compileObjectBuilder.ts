import { compileFunction } from './compileFunction.ts'
import { assignKeys } from './assignKeys.ts'
import { objectLiteral } from './objectLiteral.ts'

/** Makes an object of some of these values. */
export type ObjectBuilder = (values: ReadonlyArray<unknown>) => Record<string, unknown>

/**
 * How objects with these keys are made, all of them own keys whatever their names; the value of each is at its place in the list,
 * the first at 0 unless said otherwise. For those that come again code is generated, where it may be: one literal, which an
 * engine makes several times as fast as an object that grows key by key.
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
  if (literal === undefined) return growing
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

/** An engine learns for each function anew: the same keys have the same, whoever asks, until there are very many. */
const known = new Map<string, ObjectBuilder>()
const maxKnown = 256

/** What comes so often is worth a function of its own. */
const worth = 8
