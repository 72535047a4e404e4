import { bytes, byteWriter } from '../../bytes/ByteWriter.ts'
import type { Leaf } from '../../schema/RecordSchema.ts'
import { type Dictionary, dictionary } from './dictionary.ts'
import { type ColumnStatistics, addToStatistics } from './columnStatistics.ts'
import { append, toUint32Array, uint32List } from './Uint32List.ts'
import { type Page, writeBooleans, writeReferences } from './page.ts'
import { plainEncoder } from './plainEncoder.ts'
import { bitWidth } from '../bitWidth.ts'

/** The values of a column as they come, in bytes. */
export interface ColumnValues {
  readonly push: (value: unknown) => void
  /** How many bytes those of the page are, and the dictionary. */
  readonly byteLength: number
  /** Those of the page, to be written before the next one is pushed. The next page begins. */
  readonly endPage: () => Pick<Page, 'values' | 'encoding' | 'write'>
  /** What pages refer to that were taken. */
  readonly dictionary: Dictionary
  readonly bounds: ColumnStatistics
  /** Begins a new column. */
  readonly clear: () => void
}

/** Of a dictionary, which is kept for the whole of a column. */
const maxDictionary = 32 * 1024

/** By a number of a dictionary for as long as that halves the bytes of the column, and then one behind the other. */
export const columnValues = (kind: Leaf['kind']): ColumnValues => {
  const write = plainEncoder(kind)
  const plain = byteWriter()
  const distinct = dictionary(write)
  const indexes = uint32List()
  const hasNumbers = kind !== 'boolean'
  let isNumbered = hasNumbers
  let isReferredTo = false
  let count = 0
  // of the column: how many values have numbers, and how many bytes they would be one behind the other
  let numbered = 0
  let plainBytes = 0
  const bounds: ColumnStatistics = { min: undefined, max: undefined }

  const isWorthIt = (): boolean =>
    distinct.byteLength <= maxDictionary &&
    2 * (distinct.byteLength + (numbered * bitWidth(distinct.size - 1)) / 8) <= plainBytes

  const spellOut = (): void => {
    for (const index of toUint32Array(indexes)) bytes(plain, distinct.valueOf(index))
    indexes.length = 0
    isNumbered = false
    if (!isReferredTo) distinct.clear()
  }

  const encoded = (): Pick<Page, 'encoding' | 'write'> => {
    if (isNumbered) {
      const [all, max] = [toUint32Array(indexes), distinct.size - 1]
      return { encoding: 'RLE_DICTIONARY', write: out => writeReferences(out, all, max) }
    }
    const all = plain.buffer.subarray(0, plain.at)
    return kind === 'boolean'
      ? { encoding: 'RLE', write: out => writeBooleans(out, all) }
      : { encoding: 'PLAIN', write: out => out.appendBytes(all) }
  }

  return {
    push: value => {
      count++
      if (!isNumbered) {
        write(plain, value)
        addToStatistics(bounds, value)
        return
      }
      const { size } = distinct
      const index = distinct.numberOf(value)
      append(indexes, index)
      numbered++
      plainBytes += distinct.lengthOf(index)
      if (index < size) return
      addToStatistics(bounds, value)
      // asked as often as the dictionary has doubled
      if (size >= 64 && (size & (size - 1)) === 0 && !isWorthIt()) spellOut()
    },
    get byteLength() {
      return plain.at + 4 * indexes.length + distinct.byteLength
    },
    dictionary: distinct,
    bounds,
    endPage: () => {
      if (isNumbered && (count === 0 || !isWorthIt())) spellOut()
      const taken = { values: count, ...encoded() }
      isReferredTo ||= isNumbered
      count = 0
      plain.at = 0
      indexes.length = 0
      return taken
    },
    clear: () => {
      distinct.clear()
      isNumbered = hasNumbers
      isReferredTo = false
      numbered = 0
      plainBytes = 0
      bounds.min = undefined
      bounds.max = undefined
    },
  }
}
