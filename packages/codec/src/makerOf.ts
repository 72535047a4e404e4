import { generate } from './internal/generate.ts'
import { grown } from './internal/grown.ts'
import { literalOf } from './internal/literalOf.ts'

/** Makes an object of some of these values. */
export type Make = (values: ReadonlyArray<unknown>) => Record<string, unknown>

/**
 * How objects with these keys are made, all of them own keys whatever their names; the value of each is at its place in the list,
 * the first at 0 unless said otherwise. For those that come again code is generated, where it may be: one literal, which an
 * engine makes several times as fast as an object that grows key by key.
 *
 * @example
 * makerOf(['id', 'n_epochs'])(['ft-1', 4]) // => { id: 'ft-1', n_epochs: 4 }
 */
export const makerOf = (
  keys: ReadonlyArray<string>,
  places: ReadonlyArray<number> = Array.from(keys.keys()),
): Make => {
  const literal = literalOf(keys, i => `values[${places[i]}]`)
  const growing: Make = values => grown(keys, i => values[places[i] as number])
  if (literal === undefined) return growing
  const before = known.get(literal)
  if (before !== undefined) return before
  let uses = 0
  let make: Make = values => {
    if (++uses === worth) make = (generate(`return values => (${literal})`)?.() as Make | undefined) ?? make
    return growing(values)
  }
  const learning: Make = values => make(values)
  if (known.size === maxKnown) known.clear()
  known.set(literal, learning)
  return learning
}

/** An engine learns for each function anew: the same keys have the same, whoever asks, until there are very many. */
const known = new Map<string, Make>()
const maxKnown = 256

/** What comes so often is worth a function of its own. */
const worth = 8
