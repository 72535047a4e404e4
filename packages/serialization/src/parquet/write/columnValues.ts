import { bytes, byteWriter } from '../../bytes/ByteWriter.ts'
import type { Leaf } from '../../schema/RecordSchema.ts'
import { type Dictionary, dictionary } from './dictionary.ts'
import {
  addIndexedToStatistics,
  addToStatistics,
  type ColumnStatistics,
  noBounds,
} from './columnStatistics.ts'
import { append, toUint32Array, uint32List } from './Uint32List.ts'
import { type Page, writeBooleans, writeReferences } from './page.ts'
import { plainEncoder } from './plainEncoder.ts'

/** Encodes the values of a column as they arrive. */
export interface ColumnValues {
  /** Returns the bytes that the value takes in the page, or a few more. */
  readonly push: (value: unknown) => number
  /** Bytes of the current page and of the dictionary. */
  readonly byteLength: number
  /** Ends the page. Its values have to be written before the next one is pushed. */
  readonly endPage: () => Pick<Page, 'encoding' | 'write'> & {
    readonly bounds: ColumnStatistics
    /** The values in PLAIN that the dictionary does not hold. */
    readonly plain: Uint8Array
  }
  /** Values that ended pages refer to. */
  readonly dictionary: Dictionary
  /** Begins the next column chunk. */
  readonly clear: () => void
}

const noBytes = new Uint8Array(0)

/** Bytes of an index into the dictionary: its numbers take at most 18 bits. */
const indexBytes = 2

/** Bytes of a dictionary, which is kept for a whole column chunk. */
const maxDictionary = 256 * 1024

/** Dictionary-encodes the column while that at least halves its size; then switches to PLAIN. */
export const columnValues = (kind: Leaf['kind']): ColumnValues => {
  const write = plainEncoder(kind)
  const plain = byteWriter()
  const distinct = dictionary(write)
  const indexes = uint32List()
  const mayUseDictionary = kind !== 'boolean'
  let usesDictionary = mayUseDictionary
  let isDictionaryUsed = false
  // of the column's ended pages: number of dictionary-encoded values, and their size in PLAIN
  let numbered = 0
  let plainBytes = 0
  let size = 0 // of the dictionary, which is asked for each value
  let bounds = noBounds() // of the page's values that are not dictionary-encoded

  const isWorthIt = (): boolean => {
    const all = numbered + indexes.length
    const bits = 32 - Math.clz32(distinct.size - 1)
    return (
      distinct.byteLength <= maxDictionary &&
      2 * (distinct.byteLength + (all * bits) / 8) <= plainBytes + distinct.lengthOf(toUint32Array(indexes))
    )
  }

  const addIndexedBounds = () => addIndexedToStatistics(bounds, toUint32Array(indexes), distinct.values)

  const switchToPlain = (): void => {
    addIndexedBounds()
    for (const index of toUint32Array(indexes)) bytes(plain, distinct.valueOf(index))
    indexes.length = 0
    usesDictionary = false
    if (!isDictionaryUsed) distinct.clear()
  }

  const encoded = (): Pick<Page, 'encoding' | 'write'> & { readonly plain: Uint8Array } => {
    if (indexes.length > 0) {
      const [all, max] = [toUint32Array(indexes), distinct.size - 1]
      return { encoding: 'RLE_DICTIONARY', write: out => writeReferences(out, all, max), plain: noBytes }
    }
    const all = plain.buffer.subarray(0, plain.at)
    return kind === 'boolean'
      ? { encoding: 'PLAIN', write: out => writeBooleans(out, all), plain: all }
      : { encoding: 'PLAIN', write: out => out.appendBytes(all), plain: all }
  }

  return {
    push: value => {
      if (!usesDictionary) {
        const start = plain.at
        write(plain, value)
        addToStatistics(bounds, value)
        return plain.at - start
      }
      const index = distinct.indexOf(value)
      append(indexes, index)
      if (index < size) return indexBytes
      size++
      // checked whenever the dictionary has doubled, or is too large
      const hasDoubled = index >= 64 && (index & (index - 1)) === 0
      if ((hasDoubled || distinct.byteLength > maxDictionary) && !isWorthIt()) {
        switchToPlain()
        return plain.at
      }
      return indexBytes
    },
    get byteLength() {
      return plain.at + 4 * indexes.length + distinct.byteLength
    },
    dictionary: distinct,
    endPage: () => {
      if (indexes.length > 0 && !isWorthIt()) switchToPlain()
      if (usesDictionary) addIndexedBounds()
      const taken = { ...encoded(), bounds }
      isDictionaryUsed ||= indexes.length > 0
      numbered += indexes.length
      plainBytes += distinct.lengthOf(toUint32Array(indexes))
      plain.at = 0
      indexes.length = 0
      bounds = noBounds()
      return taken
    },
    clear: () => {
      distinct.clear()
      usesDictionary = mayUseDictionary
      isDictionaryUsed = false
      numbered = 0
      plainBytes = 0
      size = 0
    },
  }
}
