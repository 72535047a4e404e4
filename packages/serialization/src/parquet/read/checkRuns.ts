import { readVarInt } from 'hyparquet/src/thrift.js'

/** Bytes that are read from a place on. */
export interface Bytes {
  readonly view: DataView<ArrayBuffer>
  offset: number
}

/**
 * Goes through runs of the hybrid of run lengths and bit packing (Apache Parquet, Encodings, "RLE") until so many values are
 * there; the reader stays where it was.
 *
 * @throws an Error when a run is longer than what is left of the values, or the bytes end
 */
export const checkRuns = ({ view, offset }: Bytes, width: number, count: number): void => {
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
    reader.offset += isPacked ? Math.max(1, (length * width) / 8) : Math.ceil(width / 8)
  }
}

/** Values that fill up a packed run: seven by the letter, but some writers fill a page's last run. */
const maxPadding = 1024

/** @throws an Error when the header of a delta encoding (Apache Parquet, Encodings, "DELTA_BINARY_PACKED") would lead backwards */
export const checkDelta = ({ view, offset }: Bytes): void => {
  const reader: Bytes = { view, offset }
  const [block, parts] = [readVarInt(reader), readVarInt(reader)]
  if (!(block > 0 && block <= 1 << 20 && parts > 0 && parts <= block))
    throw new Error(`a block of ${block} deltas in ${parts} parts`)
}

/** How many bits whole numbers up to `max` take. */
export const bitWidth = (max: number): number => 32 - Math.clz32(max)
