import type { ColumnChunk, ColumnMetaData, Encoding, Statistics } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { columnStatistics } from './columnStatistics.ts'
import type { Compression } from './compression.ts'
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
  let entries = 0
  let bytes = 0
  let definition = new Uint16Array(64)
  let repetition = new Uint16Array(64)
  let total = 0 // entries of all pages
  let size = 0 // of all pages, before compression

  const endPage = (): void => {
    const page = values.endPage()
    size += pageWriter.data(pages, {
      ...page,
      entries,
      definition: definition.subarray(0, entries),
      repetition: repetition.subarray(0, entries),
      maxDefinition,
      maxRepetition,
    })
    encodings.push(page.encoding)
    total += entries
    entries = 0
    bytes = 0
  }

  const addEntry = (definitionLevel: number, repetitionLevel: number): void => {
    if (repetitionLevel === 0 && (entries >= maxEntries || bytes >= maxBytes)) endPage()
    if (entries === definition.length) {
      definition = doubled(definition)
      repetition = doubled(repetition)
    }
    definition[entries] = definitionLevel
    repetition[entries] = repetitionLevel
    entries++
  }

  return {
    push: (value, definitionLevel, repetitionLevel) => {
      addEntry(definitionLevel, repetitionLevel)
      bytes += values.push(value)
    },
    absent: (definitionLevel, repetitionLevel) => {
      addEntry(definitionLevel, repetitionLevel)
      nulls++
    },
    get byteLength() {
      return pages.index + values.byteLength
    },
    get encodedBytes() {
      return size + bytes
    },
    get entries() {
      return total + entries
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

const doubled = (levels: Uint16Array): Uint16Array<ArrayBuffer> => {
  const larger = new Uint16Array(2 * levels.length)
  larger.set(levels)
  return larger
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
