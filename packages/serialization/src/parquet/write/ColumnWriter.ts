import type { ColumnChunk, Encoding, Statistics } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { columnStatistics } from './columnStatistics.ts'
import type { Compression } from './compression.ts'
import { append, toUint32Array, uint32List } from './Uint32List.ts'
import type { PageWriter } from './page.ts'
import { physical } from '../schema.ts'
import type { EntrySink, ColumnPath } from './shred.ts'
import { columnValues } from './columnValues.ts'

/** A column of a row group as it fills. No more than bytes are kept of it, outside of the heap. */
export interface ColumnWriter extends EntrySink {
  /** How many bytes it holds; behind {@link end}, at most how many it will take. */
  readonly byteLength: number
  /** The row group has no further entries. */
  readonly end: () => void
  /** Writes the column, which has ended, describes it as the footer is to, and begins anew. */
  readonly write: (out: ByteWriter) => ColumnChunk
}

/** Where a page is cut, at the end of a row: those who read it decode one at a time of each column. */
const [maxBytes, maxEntries] = [64 * 1024, 1024]

export const columnWriter = (
  { path, kind, maxDefinition, maxRepetition }: ColumnPath,
  codec: Compression['codec'],
  pageWriter: PageWriter,
): ColumnWriter => {
  const definition = uint32List()
  const repetition = uint32List()
  const values = columnValues(kind)
  const pages = new ByteWriter()
  let encodings: Array<Encoding> = [] // of each page
  let nulls = 0
  let [rows, entries] = [0, 0] // of the page
  let all = 0 // entries of all pages
  let size = 0 // if nothing were compressed

  const cut = (): void => {
    const page = values.endPage()
    size += pageWriter.data(pages, {
      ...page,
      rows,
      entries,
      definition: toUint32Array(definition),
      repetition: toUint32Array(repetition),
      maxDefinition,
      maxRepetition,
    })
    encodings.push(page.encoding)
    all += entries
    rows = 0
    entries = 0
    definition.length = 0
    repetition.length = 0
  }

  return {
    push: (value, definitionLevel, repetitionLevel) => {
      if (repetitionLevel === 0) {
        if (values.byteLength >= maxBytes || entries >= maxEntries) cut()
        rows++
      }
      entries++
      if (maxDefinition > 0) append(definition, definitionLevel)
      if (maxRepetition > 0) append(repetition, repetitionLevel)
      if (value === null) nulls++
      else values.push(value)
    },
    get byteLength() {
      return pages.index + values.byteLength
    },
    end: cut,
    write: out => {
      const start = out.offset
      const isNumbered = encodings.includes('RLE_DICTIONARY')
      if (isNumbered) size += pageWriter.dictionary(out, values.dictionary)
      const data_page_offset = BigInt(out.offset)
      out.appendBytes(pages.getBytes())
      const used = [...new Set(encodings)]
      const chunk: ColumnChunk = {
        file_offset: BigInt(start),
        meta_data: {
          type: physical[kind],
          encodings: isNumbered ? [...new Set<Encoding>(['PLAIN', ...used])] : used,
          path_in_schema: [...path],
          codec,
          num_values: BigInt(all),
          total_compressed_size: BigInt(out.offset - start),
          total_uncompressed_size: BigInt(size),
          data_page_offset,
          ...(isNumbered && { dictionary_page_offset: BigInt(start) }),
          statistics: {
            ...(kind !== 'json' && columnStatistics(values.bounds)), // JSON has no order
            null_count: BigInt(nulls),
          } as Statistics,
          encoding_stats: [
            ...(isNumbered ? [{ page_type: 'DICTIONARY_PAGE', encoding: 'PLAIN', count: 1 } as const] : []),
            ...used.map(encoding => ({
              page_type: 'DATA_PAGE_V2' as const,
              encoding,
              count: encodings.filter(other => other === encoding).length,
            })),
          ],
        },
      }
      values.clear()
      pages.index = 0
      encodings = []
      all = 0
      nulls = 0
      size = 0
      return chunk
    },
  }
}
