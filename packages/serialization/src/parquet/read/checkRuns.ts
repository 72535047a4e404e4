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
    const isPacked = (header & 1) === 1
    const length = isPacked ? (header >> 1) * 8 : header >>> 1
    // packed values come by eight
    if (!(length >= 0 && length <= count - seen + (isPacked ? maxPadding : 0)))
      throw new Error(`a run of ${length} values where ${count - seen} are left`)
    seen += length
    // of packed values hyparquet always reads one byte
    reader.offset += isPacked ? Math.max(1, length / 8) : 1
  }
}

/**
 * Values that pad a packed run: at most seven by the standard, but some writers pad a page's last
 * run.
 */
export const maxPadding = 1024

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
