import { readVarInt } from 'hyparquet/src/thrift.js'

/** Bytes with a read position. */
export interface Bytes {
  readonly view: DataView<ArrayBuffer>
  offset: number
}

/**
 * Checks runs of booleans in the hybrid of run lengths and bit packing (Apache Parquet, Encodings,
 * "RLE") until `count` values are there. The reader's position stays.
 *
 * @throws an Error if a run is longer than the values that are left, or the bytes end
 */
export const checkRuns = ({ view, offset }: Bytes, count: number): void => {
  const reader: Bytes = { view, offset }
  for (let seen = 0; seen < count; ) {
    const header = readVarInt(reader)
    const length = lengthOfRun(header, count - seen)
    seen += length
    // of packed values hyparquet always reads one byte
    reader.offset += isPacked(header) ? Math.max(1, length / 8) : 1
  }
}

/** True for the header of a run of packed values, which come by eight. */
export const isPacked = (header: number): boolean => (header & 1) === 1

/**
 * The number of values of a run, by its header, where so many are left.
 *
 * @throws an Error if it is longer
 */
export const lengthOfRun = (header: number, left: number): number => {
  const length = isPacked(header) ? (header >> 1) * 8 : header >>> 1
  if (!(length >= 0 && length <= left + (isPacked(header) ? maxPadding : 0)))
    throw new Error(`a run of ${length} values where ${left} are left`)
  return length
}

/**
 * Values that pad a packed run: at most seven by the standard, but some writers pad a page's last
 * run.
 */
const maxPadding = 1024

/**
 * Checks the header of a delta encoding (Apache Parquet, Encodings, "DELTA_BINARY_PACKED").
 *
 * @throws an Error if reading would not advance
 */
export const checkDelta = ({ view, offset }: Bytes): void => {
  const reader: Bytes = { view, offset }
  const [block, parts] = [readVarInt(reader), readVarInt(reader)]
  if (!(block > 0 && block <= 1 << 20 && parts > 0 && parts <= block))
    throw new Error(`a block of ${block} deltas in ${parts} parts`)
}
