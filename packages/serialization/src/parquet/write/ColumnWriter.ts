import type { ColumnChunk, ColumnMetaData, Encoding, Statistics } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { columnStatistics } from './columnStatistics.ts'
import type { Compression } from './compression.ts'
import { appendLevels, levelList } from './LevelList.ts'
import type { PageWriter } from './page.ts'
import { physical } from '../schema.ts'
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
  /** Writes the column, returns its description for the footer, and begins the next row group. */
  readonly write: (out: ByteWriter) => ColumnChunk
}

/** Size of a page, which ends with a row. A reader decodes one page of each column at a time. */
const [maxBytes, maxEntries] = [1024 * 1024, 20_000]

export const columnWriter = (
  { path, kind, maxDefinition, maxRepetition }: ColumnPath,
  codec: Compression['codec'],
  pageWriter: PageWriter,
): ColumnWriter => {
  const values = columnValues(kind)
  const pages = new ByteWriter()
  let encodings: Array<Encoding> = [] // of each page
  let nulls = 0
  // of the current page
  const levels = levelList()
  let bytes = 0
  let total = 0 // entries of all pages
  let size = 0 // of all pages, before compression

  const endPage = (): void => {
    const page = values.endPage()
    size += pageWriter.data(pages, { ...page, levels, maxDefinition, maxRepetition })
    encodings.push(page.encoding)
    total += levels.length
    levels.length = 0
    bytes = 0
  }

  const addEntry = (definition: number, repetition: number): void => {
    if (repetition === 0 && (levels.length >= maxEntries || bytes >= maxBytes)) endPage()
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
      return pages.index + values.byteLength
    },
    get encodedBytes() {
      return size + bytes
    },
    get entries() {
      return total + levels.length
    },
    end: endPage,
    write: out => {
      const start = out.offset
      const hasDictionary = encodings.includes('RLE_DICTIONARY')
      if (hasDictionary) size += pageWriter.dictionary(out, values.dictionary)
      const data_page_offset = BigInt(out.offset)
      out.appendBytes(pages.getBytes())
      const chunk: ColumnChunk = {
        file_offset: BigInt(start),
        meta_data: {
          type: physical[kind],
          path_in_schema: [...path],
          codec,
          num_values: BigInt(total),
          total_compressed_size: BigInt(out.offset - start),
          total_uncompressed_size: BigInt(size),
          data_page_offset,
          ...(hasDictionary && { dictionary_page_offset: BigInt(start) }),
          statistics: {
            ...(kind !== 'json' && columnStatistics(values.bounds)), // JSON has no order
            null_count: BigInt(nulls),
          } as Statistics,
          ...encodingStats(encodings, hasDictionary),
        },
      }
      values.clear()
      pages.index = 0
      encodings = []
      total = 0
      nulls = 0
      size = 0
      return chunk
    },
  }
}

/** The encodings of a column, and the number of its pages in each. */
const encodingStats = (
  encodings: ReadonlyArray<Encoding>,
  hasDictionary: boolean,
): Pick<ColumnMetaData, 'encodings' | 'encoding_stats'> => {
  const used = [...new Set(encodings)]
  const pages = used.map(encoding => ({
    page_type: 'DATA_PAGE' as const,
    encoding,
    count: encodings.filter(other => other === encoding).length,
  }))
  return hasDictionary
    ? {
        encodings: [...new Set<Encoding>(['PLAIN', ...used])],
        encoding_stats: [{ page_type: 'DICTIONARY_PAGE', encoding: 'PLAIN', count: 1 }, ...pages],
      }
    : { encodings: used, encoding_stats: pages }
}
