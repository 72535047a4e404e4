import { readVarInt } from 'hyparquet/src/thrift.js'
import { type Bytes, isPacked, lengthOfRun } from './checkRuns.ts'

/** Small numbers of a page: its levels, or the indexes of its values in the dictionary. */
export type RunValues = Uint8Array | Uint32Array

/**
 * Reads `count` values of the hybrid of run lengths and bit packing (Apache Parquet, Encodings,
 * "RLE") into one typed array, outside of the heap. The reader's position stays.
 *
 * @throws an Error if a run is longer than the values that are left, or the bytes end
 */
export const readRuns = ({ view, offset }: Bytes, width: number, count: number): RunValues => {
  const values = width <= 8 ? new Uint8Array(count) : new Uint32Array(count)
  if (width > maxWidth) throw new Error(`numbers of ${width} bits, which are not supported`)
  if (width === 0) return values
  const reader: Bytes = { view, offset }
  for (let at = 0; at < count; ) {
    const header = readVarInt(reader)
    const length = lengthOfRun(header, count - at)
    const end = Math.min(at + length, count)
    if (isPacked(header)) {
      unpack(reader, width, values, at, end)
      reader.offset += (length / 8) * width
    } else {
      let value = 0
      for (let i = 0; i < width; i += 8) value |= view.getUint8(reader.offset++) << i
      values.fill(value, at, end)
    }
    at = end
  }
  return values
}

/** Bits of a number that are unpacked in an integer of 32 bits, of which 7 may be left over. */
const maxWidth = 24

/** Unpacks values. Bytes after the end are 0: some writers leave out what pads the last run. */
const unpack = (
  { view, offset }: Bytes,
  width: number,
  values: RunValues,
  from: number,
  to: number,
): void => {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, view.byteLength - offset)
  const mask = 2 ** width - 1
  let [bits, held, at] = [0, 0, 0]
  for (let i = from; i < to; i++) {
    for (; held < width; held += 8) bits |= (bytes[at++] ?? 0) << held
    values[i] = bits & mask
    bits >>>= width
    held -= width
  }
}
