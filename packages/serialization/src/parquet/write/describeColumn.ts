import type { ColumnChunk, ColumnMetaData, Encoding, Statistics } from 'hyparquet'
import { columnStatistics } from './columnStatistics.ts'
import type { Compression } from './compression.ts'
import { mergeStatistics, type WrittenPage } from './pageIndex.ts'
import { physical } from '../schema.ts'
import type { ColumnPath } from './shred.ts'

/** A column of a row group, written. */
interface ColumnPlace {
  readonly codec: Compression['codec']
  readonly pages: ReadonlyArray<WrittenPage>
  /** Places in the file: of its first byte, of its data pages, and of its end. */
  readonly start: number
  readonly dataStart: number
  readonly end: number
  /** Bytes of its dictionary before compression; 0 if it has none. */
  readonly dictionaryBytes: number
}

/** The description of a column in the footer. */
export const describeColumn = (
  { path, kind }: ColumnPath,
  { codec, pages, start, dataStart, end, dictionaryBytes }: ColumnPlace,
): ColumnChunk => {
  const hasDictionary = dictionaryBytes > 0
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: physical[kind],
      path_in_schema: [...path],
      codec,
      num_values: total(pages, ({ entries }) => entries),
      total_compressed_size: BigInt(end - start),
      total_uncompressed_size: BigInt(dictionaryBytes) + total(pages, ({ bytes }) => bytes),
      data_page_offset: BigInt(dataStart),
      ...(hasDictionary && { dictionary_page_offset: BigInt(start) }),
      statistics: {
        ...(kind !== 'json' && columnStatistics(mergeStatistics(pages))), // JSON has no order
        null_count: total(pages, ({ nulls }) => nulls),
      } as Statistics,
      ...encodingStats(pages, hasDictionary),
    },
  }
}

const total = (pages: ReadonlyArray<WrittenPage>, of: (page: WrittenPage) => number): bigint =>
  BigInt(pages.reduce((n, page) => n + of(page), 0))

/** The encodings of a column, and the number of its pages in each. */
const encodingStats = (
  written: ReadonlyArray<WrittenPage>,
  hasDictionary: boolean,
): Pick<ColumnMetaData, 'encodings' | 'encoding_stats'> => {
  const used = [...new Set(written.map(({ encoding }) => encoding))]
  const pages = used.map(encoding => ({
    page_type: 'DATA_PAGE' as const,
    encoding,
    count: written.filter(page => page.encoding === encoding).length,
  }))
  return hasDictionary
    ? {
        encodings: [...new Set<Encoding>(['PLAIN', ...used])],
        encoding_stats: [{ page_type: 'DICTIONARY_PAGE', encoding: 'PLAIN', count: 1 }, ...pages],
      }
    : { encodings: used, encoding_stats: pages }
}
