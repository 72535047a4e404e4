import { type ByteWriter, byteWriter } from '../../bytes/ByteWriter.ts'
import { append, uint32List } from './Uint32List.ts'

/** The distinct values of a column, in PLAIN. */
export interface Dictionary {
  /** Returns the index of a value, and adds the value if it is new. */
  readonly indexOf: (value: unknown) => number
  readonly size: number
  readonly byteLength: number
  readonly bytes: Uint8Array
  /** The distinct values by their indexes. */
  readonly values: ReadonlyArray<unknown>
  /** Bytes of the value at an index. */
  readonly valueOf: (index: number) => Uint8Array
  /** The number of bytes of the values at these indexes. */
  readonly lengthOf: (indexes: Uint32Array) => number
  readonly clear: () => void
}

export const dictionary = (write: (out: ByteWriter, value: unknown) => void): Dictionary => {
  const indexes = new Map<unknown, number>()
  const values: Array<unknown> = []
  const out = byteWriter()
  const ends = uint32List()
  // records that follow each other often have the same value
  let [last, lastIndex]: [unknown, number] = [undefined, 0]
  const startOf = (index: number): number => (index === 0 ? 0 : (ends.values[index - 1] as number))
  const endOf = (index: number): number => ends.values[index] as number
  return {
    indexOf: value => {
      if (value === last) return lastIndex
      // a Map takes 0 and -0 for one
      const key = value === 0 && Object.is(value, -0) ? minusZero : value
      let index = indexes.get(key)
      if (index === undefined) {
        index = indexes.size
        write(out, value)
        append(ends, out.at)
        indexes.set(key, index)
        values.push(value)
      }
      if (value !== 0) [last, lastIndex] = [value, index]
      return index
    },
    get size() {
      return indexes.size
    },
    get byteLength() {
      return out.at
    },
    get bytes() {
      return out.buffer.subarray(0, out.at)
    },
    values,
    valueOf: index => out.buffer.subarray(startOf(index), endOf(index)),
    lengthOf: all => {
      let length = 0
      for (const index of all) length += endOf(index) - startOf(index)
      return length
    },
    clear: () => {
      indexes.clear()
      values.length = 0
      last = undefined
      out.at = 0
      ends.length = 0
    },
  }
}

const minusZero = Symbol('-0')
