import { type ObjectBuilder, compileObjectBuilder } from './compileObjectBuilder.ts'
import { assignKeys } from './assignKeys.ts'

/** Stands for the value of a key that an object has not. */
export const absent = Symbol('absent')

/**
 * Makes objects of a value for each of these keys, or {@link absent}. Records of one kind have few sets of keys: the
 * latest is at hand, and those that come again are known.
 */
export const objectBuilders = (keys: ReadonlyArray<string>): ObjectBuilder => {
  const known = new Map<number, ObjectBuilder>()
  let latest = -1
  const growing: ObjectBuilder = values => assignKeys(keys, i => values[i], isThere)
  let make = growing
  if (keys.length > bits) return growing
  return values => {
    let there = 0
    for (let i = 0; i < values.length; i++) if (values[i] !== absent) there |= 1 << i
    if (there !== latest) {
      latest = there
      make = known.get(there) ?? growing
      if (make === growing && known.size < maxKnown) {
        make = someOf(keys, there)
        known.set(there, make)
      }
    }
    return make(values)
  }
}

/** One for each key, beside the sign. */
const bits = 31

/** Of others a file may have as many as there are records in it. */
const maxKnown = 32

const someOf = (keys: ReadonlyArray<string>, there: number): ObjectBuilder => {
  const places = Array.from(keys.keys()).filter(i => (there & (1 << i)) !== 0)
  return compileObjectBuilder(
    places.map(i => keys[i] as string),
    places,
  )
}

const isThere = (value: unknown): boolean => value !== absent
