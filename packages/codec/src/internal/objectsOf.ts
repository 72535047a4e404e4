import { type Make, makerOf } from '../makerOf.ts'

/** Stands for the value of a key that an object has not. */
export const absent = Symbol('absent')

/**
 * Makes objects of a value for each of these keys, or {@link absent}. Records of one kind have few sets of keys: the
 * latest is at hand, and those that come again are known.
 */
export const objectsOf = (keys: ReadonlyArray<string>): Make => {
  const known = new Map<number, Make>()
  let latest = -1
  let make = growing(keys)
  if (keys.length > bits) return make
  return values => {
    let there = 0
    for (let i = 0; i < values.length; i++) if (values[i] !== absent) there |= 1 << i
    if (there !== latest) {
      latest = there
      make = known.get(there) ?? someOf(keys, there)
      if (known.size < maxKnown) known.set(there, make)
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

const growing =
  (keys: ReadonlyArray<string>): Make =>
  values =>
    Object.fromEntries(keys.map((key, i) => [key, values[i]] as const).filter(([, v]) => v !== absent))
