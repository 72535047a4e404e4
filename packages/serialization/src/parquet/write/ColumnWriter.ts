import type { ColumnChunk } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { bloomFilter } from './bloomFilter.ts'
import type { Compression } from './compression.ts'
import { describeColumn } from './describeColumn.ts'
import { appendLevels, levelList } from './LevelList.ts'
import type { PageWriter } from './page.ts'
import { maxIndexBytes, type WrittenPage } from './pageIndex.ts'
import type { EntrySink, ColumnPath } from './shred.ts'
import { columnValues } from './columnValues.ts'

/** Writes a column of a row group as its entries arrive, page by page, outside of the heap. */
export interface ColumnWriter extends EntrySink {
  /** Bytes that are held; after {@link end}, at most the bytes that will be written. */
  readonly byteLength: number
  /** Bytes of the row group's column so far, before compression. */
  readonly encodedBytes: number
  /** Number of entries of the row group's column so far. */
  readonly entries: number
  /** Ends the row group. */
  readonly end: () => void
  /** Writes the column, returns its description, and begins the next row group. */
  readonly write: (out: ByteWriter) => WrittenColumn
}

/** A column of a row group, for the footer and the page index. */
export interface WrittenColumn {
  readonly chunk: ColumnChunk
  readonly pages: ReadonlyArray<WrittenPage>
  /** The blocks of a filter, where the column identifies records. */
  readonly bloomFilter?: Uint32Array
}

/** Size of a page, which ends with a row. A reader decodes one page of each column at a time. */
const [maxBytes, maxEntries] = [256 * 1024, 8192]

export const columnWriter = (
  column: ColumnPath,
  codec: Compression['codec'],
  pageWriter: PageWriter,
): ColumnWriter => {
  const { kind, maxDefinition, maxRepetition } = column
  const filter = column.isIdentity && kind === 'string' ? bloomFilter() : undefined
  const values = columnValues(kind)
  const pages = new ByteWriter()
  let written: Array<WrittenPage> = []
  let firstRow = 0
  // of the current page
  const levels = levelList()
  let bytes = 0
  let rows = 0
  let nulls = 0
  let total = 0 // entries of all pages
  let size = 0 // of all pages, before compression

  const endPage = (): void => {
    const { bounds, plain, ...page } = values.endPage()
    filter?.add(plain)
    const offset = pages.index
    const pageBytes = pageWriter.data(pages, { ...page, levels, maxDefinition, maxRepetition })
    size += pageBytes
    written.push({
      offset,
      compressedBytes: pages.index - offset,
      bytes: pageBytes,
      encoding: page.encoding,
      firstRow,
      entries: levels.length,
      nulls,
      bounds,
    })
    total += levels.length
    firstRow += rows
    levels.length = 0
    bytes = 0
    rows = 0
    nulls = 0
  }

  const addEntry = (definition: number, repetition: number): void => {
    if (repetition === 0) {
      if (levels.length >= maxEntries || bytes >= maxBytes) endPage()
      rows++
    }
    appendLevels(levels, definition, repetition)
  }

  return {
    push: (value, definition, repetition) => {
      addEntry(definition, repetition)
      bytes += values.push(value)
    },
    absent: (definition, repetition) => {
      addEntry(definition, repetition)
      nulls++
    },
    get byteLength() {
      return pages.index + values.byteLength + written.length * maxIndexBytes + (filter?.byteLength ?? 0)
    },
    get encodedBytes() {
      return size + bytes
    },
    get entries() {
      return total + levels.length
    },
    end: () => {
      endPage()
      filter?.end(values.dictionary.bytes)
    },
    write: out => {
      const start = out.offset
      const hasDictionary = written.some(({ encoding }) => encoding === 'RLE_DICTIONARY')
      const dictionaryBytes = hasDictionary ? pageWriter.dictionary(out, values.dictionary) : 0
      const dataStart = out.offset
      out.appendBytes(pages.getBytes())
      const place = { codec, pages: written, start, dictionaryBytes, dataStart, end: out.offset }
      const result = { chunk: describeColumn(column, place), pages: written, ...filter?.take() }
      values.clear()
      pages.index = 0
      written = []
      firstRow = 0
      total = 0
      size = 0
      return result
    },
  }
}
