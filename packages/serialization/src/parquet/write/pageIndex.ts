import type { ColumnChunk, ColumnIndex, Encoding, OffsetIndex, SchemaElement } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writeIndexes } from 'hyparquet-writer/src/indexes.js'
import { unconvertStatistics } from 'hyparquet-writer/src/unconvert.js'
import {
  addToStatistics,
  columnStatistics,
  type ColumnStatistics,
  noBounds,
  precedes,
} from './columnStatistics.ts'

/** A page of a column, as the footer and its indexes describe it. */
export interface WrittenPage {
  /** Bytes of the column's pages before it. */
  readonly offset: number
  readonly compressedBytes: number
  /** Its size before compression. */
  readonly bytes: number
  readonly encoding: Encoding
  /** Number of rows of the row group before the page. */
  readonly firstRow: number
  readonly entries: number
  readonly nulls: number
  readonly bounds: ColumnStatistics
}

/** The bounds of all pages together. */
export const mergeStatistics = (pages: ReadonlyArray<WrittenPage>): ColumnStatistics => {
  const all = noBounds()
  for (const { bounds } of pages)
    if (bounds.min !== undefined) {
      addToStatistics(all, bounds.min)
      addToStatistics(all, bounds.max)
    }
  return all
}

/**
 * Bytes of a bound of a text at most: identifiers are whole, and a footer stays small. Longer ones
 * are rounded, and say so.
 */
export const maxBoundBytes = 64

/** Bytes of a page in both indexes at most. */
export const maxIndexBytes = 2 * maxBoundBytes + 40

/**
 * Writes the column index, by which readers skip pages whose bounds exclude a value, and the offset
 * index, by which they find them (parquet-format, "PageIndex"). Adds their places to the column.
 * JSON has no order, and one page needs no index.
 */
export const writePageIndex = (
  out: ByteWriter,
  chunk: ColumnChunk,
  element: SchemaElement,
  pages: ReadonlyArray<WrittenPage>,
): void => {
  const start = chunk.meta_data?.data_page_offset ?? 0n
  const offsetIndex: OffsetIndex = {
    page_locations: pages.map(({ offset, compressedBytes, firstRow }) => ({
      offset: start + BigInt(offset),
      compressed_page_size: compressedBytes,
      first_row_index: BigInt(firstRow),
    })),
  }
  const columnIndex = element.converted_type === 'JSON' ? undefined : columnIndexOf(element, pages)
  writeIndexes(out, [{ chunk, offsetIndex, ...(columnIndex !== undefined && { columnIndex }) }])
}

const columnIndexOf = (element: SchemaElement, pages: ReadonlyArray<WrittenPage>): ColumnIndex => {
  const encoded = pages.map(({ bounds }) =>
    unconvertStatistics(columnStatistics(bounds) as never, element, maxBoundBytes),
  )
  return {
    null_pages: pages.map(({ entries, nulls }) => entries === nulls),
    min_values: encoded.map(({ field_6: min }) => (min ?? noBytes) as Uint8Array),
    max_values: encoded.map(({ field_5: max }) => (max ?? noBytes) as Uint8Array),
    boundary_order: isAscending(pages) ? 'ASCENDING' : 'UNORDERED',
    null_counts: pages.map(({ nulls }) => BigInt(nulls)),
  }
}

/** True if both bounds ascend, so that readers may find a page by bisection. */
const isAscending = (pages: ReadonlyArray<WrittenPage>): boolean => {
  const bounds = pages.flatMap(page => (page.bounds.min === undefined ? [] : [page.bounds]))
  return bounds.every(({ min, max }, i) => {
    const before = bounds[i - 1]
    return before === undefined || !(precedes(min, before.min) || precedes(max, before.max))
  })
}

/** The bounds of a page without values. */
const noBytes = new Uint8Array(0)
