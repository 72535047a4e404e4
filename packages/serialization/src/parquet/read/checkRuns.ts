import { readVarInt } from 'hyparquet/src/thrift.js'

/** Bytes with a read position. */
export interface Bytes {
  readonly view: DataView<ArrayBuffer>
  offset: number
}

/**
 * Checks runs of the hybrid of run lengths and bit packing (Apache Parquet, Encodings, "RLE") until
 * `count` values are there. The reader's position stays.
 *
 * @throws an Error if a run is longer than the values that are left, or the bytes end
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

/**
 * Counts the levels that are `wanted`, without keeping them. The runs have been checked. The
 * reader's position stays.
 */
export const countInRuns = (
  { view, offset }: Bytes,
  width: number,
  count: number,
  wanted: number,
): number => {
  const reader: Bytes = { view, offset }
  const mask = 2 ** width - 1
  let found = 0
  for (let left = count; left > 0; ) {
    const header = readVarInt(reader)
    if ((header & 1) === 0) {
      let level = 0
      for (let i = 0; i < width; i += 8) level |= view.getUint8(reader.offset++) << i
      const length = Math.min(left, header >>> 1)
      if (level === wanted) found += length
      left -= length
      continue
    }
    let [bits, held] = [0, 0]
    for (let i = (header >> 1) * 8; i > 0; i--) {
      for (; held < width; held += 8) bits |= byteAt(reader) << held
      if (left-- > 0 && (bits & mask) === wanted) found++
      bits >>>= width
      held -= width
    }
  }
  return found
}

/** The next byte; 0 after the end, since some writers leave out what pads the last run. */
const byteAt = (reader: Bytes): number =>
  reader.offset < reader.view.byteLength ? reader.view.getUint8(reader.offset++) : 0

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
