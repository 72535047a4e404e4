import type { ColumnChunk } from 'hyparquet'
import { readOffsetIndex } from 'hyparquet/src/indexes.js'
import { type ByteRange, request } from './readRequests.ts'

/**
 * Reads the number of rows of each page from a column's offset index, if there is a valid one.
 * Pages with lists need not be decompressed for it. Each page is compared when it is read.
 */
export function* pageRows(
  { offset_index_offset, offset_index_length: length = 0 }: ColumnChunk,
  rows: number,
  byteLength: number,
): Generator<ByteRange, ReadonlyArray<number> | undefined, ArrayBuffer> {
  const start = Number(offset_index_offset)
  if (!(length > 0 && length <= maxBytes && start >= 0 && start + length <= byteLength)) return undefined
  const view = new DataView(yield* request(start, start + length))
  try {
    const first = readOffsetIndex({ view, offset: 0 }).page_locations.map(page =>
      Number(page.first_row_index),
    )
    const each = first.map((row, i) => (first[i + 1] ?? rows) - row)
    return first[0] === 0 && each.every(n => n >= 0) ? each : undefined
  } catch {
    return undefined
  }
}

/** Bytes of an offset index: more than a thousand pages. */
const maxBytes = 16_384
