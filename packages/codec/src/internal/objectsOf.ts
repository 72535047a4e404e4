import { type Make, makerOf } from '../makerOf.ts'
import { grown } from './grown.ts'

/** Stands for the value of a key that an object has not. */
export const absent = Symbol('absent')

/**
 * Makes objects of a value for each of these keys, or {@link absent}. Records of one kind have few sets of keys: the
 * latest is at hand, and those that come again are known.
 */
export const objectsOf = (keys: ReadonlyArray<string>): Make => {
  const known = new Map<number, Make>()
  let latest = -1
  const growing: Make = values => grown(keys, i => values[i], isThere)
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

const someOf = (keys: ReadonlyArray<string>, there: number): Make => {
  const places = Array.from(keys.keys()).filter(i => (there & (1 << i)) !== 0)
  return makerOf(
    places.map(i => keys[i] as string),
    places,
  )
}

const isThere = (value: unknown): boolean => value !== absent
