import { type ObjectBuilder, compileObjectBuilder } from './compileObjectBuilder.ts'
import { assignKeys } from './assignKeys.ts'

/** The value of a key that an object does not have. */
export const absent = Symbol('absent')

/**
 * Builds objects from a value, or {@link absent}, for each of these keys. Records of one kind have
 * few sets of keys: the latest is at hand, recurring ones are cached.
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

/** One bit for each key, without the sign bit. */
const bits = 31

/** Sets of keys that are cached: an odd file has as many as it has records. */
const maxKnown = 32

const someOf = (keys: ReadonlyArray<string>, there: number): ObjectBuilder => {
  const places = Array.from(keys.keys()).filter(i => (there & (1 << i)) !== 0)
  return compileObjectBuilder(
    places.map(i => keys[i] as string),
    places,
  )
}

const isThere = (value: unknown): boolean => value !== absent
