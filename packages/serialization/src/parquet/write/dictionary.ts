import { type ByteWriter, byteWriter } from '../../bytes/ByteWriter.ts'
import { append, uint32List } from './Uint32List.ts'

/** The values of a column, each of them once, in the encoding PLAIN. */
export interface Dictionary {
  /** The number of a value, which is put in if it is new. */
  readonly numberOf: (value: unknown) => number
  readonly size: number
  readonly byteLength: number
  readonly bytes: Uint8Array
  /** The bytes of the value of a number, and how many they are. */
  readonly valueOf: (number: number) => Uint8Array
  readonly lengthOf: (number: number) => number
  readonly clear: () => void
}

export const dictionary = (write: (out: ByteWriter, value: unknown) => void): Dictionary => {
  const places = new Map<unknown, number>()
  const out = byteWriter()
  const ends = uint32List()
  const startOf = (number: number): number => (number === 0 ? 0 : (ends.values[number - 1] as number))
  const endOf = (number: number): number => ends.values[number] as number
  return {
    numberOf: value => {
      // a Map takes 0 and -0 for one
      const key = value === 0 && Object.is(value, -0) ? minusZero : value
      const found = places.get(key)
      if (found !== undefined) return found
      write(out, value)
      append(ends, out.at)
      places.set(key, places.size)
      return places.size - 1
    },
    get size() {
      return places.size
    },
    get byteLength() {
      return out.at
    },
    get bytes() {
      return out.buffer.subarray(0, out.at)
    },
    valueOf: number => out.buffer.subarray(startOf(number), endOf(number)),
    lengthOf: number => endOf(number) - startOf(number),
    clear: () => {
      places.clear()
      out.at = 0
      ends.length = 0
    },
  }
}

const minusZero = Symbol('-0')
