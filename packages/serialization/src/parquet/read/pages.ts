import type { Compressors, Encoding, RowGroup, SchemaTree } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { decompressPage } from 'hyparquet/src/datapage.js'
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js'
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath } from 'hyparquet/src/schema.js'
import { crc32 } from '../../bytes/crc32.ts'
import { ErrorAt, reasonOf, RowGroupTooLarge } from './attempt.ts'
import { type Bytes, checkDelta, checkRuns } from './checkRuns.ts'
import { levelsBeforePage, levelsInPage, type PageLevels, prefixed, rowsOfPage } from './pageLevels.ts'
import type { EncodedValues } from './pageValues.ts'

/** Limits of a row group, whatever its bytes claim. */
export interface Budget {
  /** Entries of all its columns together. */
  readonly values: number
  /** Bytes of all its pages together, decompressed. */
  readonly bytes: number
}

/** A column of a row group, as the footer describes it. */
export type ChunkMetadata = NonNullable<RowGroup['columns'][number]['meta_data']>

/** Range of a column's pages in the file. */
export const chunkRange = ({
  dictionary_page_offset,
  data_page_offset,
  total_compressed_size,
}: ChunkMetadata) => {
  const start = Number(dictionary_page_offset || data_page_offset)
  return { start, end: start + Number(total_compressed_size) }
}

/** An error in a column, at a byte after the one at which its pages begin. */
export const columnError = (chunk: ChunkMetadata, error: unknown, offset = 0): ErrorAt => {
  if (error instanceof ErrorAt) return error
  const name = JSON.stringify(chunk.path_in_schema.join('.'))
  const { start } = chunkRange(chunk)
  return new ErrorAt(`the column ${name} cannot be read: ${reasonOf(error)}`, start + offset, error)
}

/** A page whose header was checked. */
export type Page = DictionaryPage | DataPage

export interface DictionaryPage {
  readonly _tag: 'Dictionary'
  /** Number of values. */
  readonly length: number
  /** Returns the decompressed page. */
  readonly bytes: () => Uint8Array
}

export interface DataPage {
  readonly _tag: 'Data'
  /** Number of entries. */
  readonly length: number
  /**
   * Returns the number of rows, counted in the levels: parquetjs states the number of values in its
   * place. Lists in a page of the first version are read for it, unless it was passed.
   */
  readonly rows: () => number
  /** Returns the levels of the decompressed page, and its values after a check. */
  readonly content: () => PageLevels & { readonly encoded: EncodedValues }
}

/**
 * Checks the pages of a row group, a column at a time, before hyparquet decodes them. hyparquet
 * believes the counts of page headers, levels, runs and deltas: one wrong byte makes it count to
 * 2^31. Pages whose number of rows is passed must have as many when they are read.
 *
 * @throws an Error that says what is invalid, as hyparquet does
 */
export const checkedPages = (tree: SchemaTree, left: Budget) => {
  let { values, bytes } = left

  return function* (
    chunk: ChunkMetadata,
    buffer: ArrayBuffer,
    compressors: Compressors,
    rowsOfPages: ReadonlyArray<number> = [],
  ): Generator<Page> {
    const path = getTreePath(tree, chunk.path_in_schema)
    const levels = [getMaxRepetitionLevel(path), getMaxDefinitionLevel(path)] as const
    let expected = Number(chunk.num_values)
    let index = 0
    values -= expected
    if (!(expected >= 0)) throw new Error('a column without a valid number of values')
    if (!(values >= 0)) throw new RowGroupTooLarge('more values than a row group may have')
    for (let offset = 0; offset < buffer.byteLength - 1; ) {
      const reader = at(buffer, offset, Math.min(maxHeader, buffer.byteLength - offset))
      const header = parquetHeader(reader)
      const [start, packed, size] = [
        offset + reader.offset,
        header.compressed_page_size,
        header.uncompressed_page_size,
      ]
      if (!(packed >= 0 && start + packed <= buffer.byteLength))
        throw new Error('a page longer than its column')
      bytes -= size
      if (!(size >= 0)) throw new Error('a page without a valid size')
      if (!(bytes >= 0)) throw new RowGroupTooLarge('more bytes than a row group may have')
      const bytesOfPage = new Uint8Array(buffer, start, packed)
      const pageOffset = offset
      const input = () => {
        // of levels and values as they are written (parquet.thrift, "PageHeader")
        if (header.crc === undefined || header.crc === (crc32(bytesOfPage) | 0)) return bytesOfPage
        throw columnError(chunk, new Error('a page whose bytes do not match its checksum'), pageOffset)
      }
      offset = start + packed
      const { data_page_header: one, data_page_header_v2: two, dictionary_page_header: dictionary } = header
      const opened = (packed: Uint8Array, size: number) =>
        decompressPage(packed, size, chunk.codec, compressors)
      if (header.type === 'DICTIONARY_PAGE') {
        const length = dictionary?.num_values
        if (!within(length, size * 8)) throw new Error('a dictionary of more values than bytes')
        yield { _tag: 'Dictionary', length, bytes: () => opened(input(), size) }
        continue
      }
      const length = header.type === 'DATA_PAGE_V2' ? two?.num_values : one?.num_values
      if (!within(length, expected)) throw new Error('a page with more values than its column')
      expected -= length
      const budget = bytes
      const told = rowsOfPages[index++]
      const contentOf = (found: PageLevels, encoding: Encoding, bytes: Uint8Array) => {
        if (told !== undefined && found.rows !== told)
          throw new Error(`a page of ${found.rows} rows that says ${told}`)
        checkValues(whole(bytes), encoding, chunk.type, found.values, budget)
        return { ...found, encoded: { encoding, count: found.values, bytes } }
      }
      if (header.type === 'DATA_PAGE_V2' && two !== undefined) {
        if (!within(two.num_nulls, length)) throw new Error('more nulls than values')
        const content = () => {
          const page = whole(input())
          const found = levelsBeforePage(page, two, levels)
          const rest = bytesOfPage.subarray(page.offset)
          const bytes = two.is_compressed === false ? rest : opened(rest, size - page.offset)
          return contentOf(found, two.encoding, bytes)
        }
        yield { _tag: 'Data', length, rows: () => rowsOfPage(whole(input()), two, levels[0]), content }
        continue
      }
      if (one === undefined) continue
      const content = () => {
        const body = opened(input(), size)
        const page = whole(body)
        const found = levelsInPage(page, length, levels)
        return contentOf(found, one.encoding, body.subarray(page.offset))
      }
      yield { _tag: 'Data', length, rows: () => told ?? (levels[0] === 0 ? length : content().rows), content }
    }
    if (expected > 0) throw new Error('a column with fewer values than it says')
  }
}

const checkValues = (page: Bytes, encoding: Encoding, type: string, count: number, budget: number): void => {
  if (encoding === 'RLE' && type === 'BOOLEAN') {
    // hyparquet reads a length before it in pages of both versions
    checkRuns(prefixed(page), count)
  } else if (encoding.startsWith('DELTA') && count > 0) {
    checkDelta(page)
    if (encoding !== 'DELTA_BYTE_ARRAY') return
    // each value repeats the beginning of the one before: few bytes can stand for very many
    const prefixes = new Int32Array(count)
    const suffixes = new Int32Array(count)
    deltaBinaryUnpack(page, count, prefixes)
    checkDelta(page)
    deltaBinaryUnpack(page, count, suffixes)
    let before = 0
    let total = 0
    for (let i = 0; i < count; i++) {
      if (!within(prefixes[i], before) || !((suffixes[i] ?? -1) >= 0))
        throw new Error('a prefix that is not there')
      before = (prefixes[i] ?? 0) + (suffixes[i] ?? 0)
      total += before
    }
    if (total > budget) throw new Error('more bytes than a row group may have')
  }
}

const within = (count: number | undefined, max: number): count is number =>
  count !== undefined && count >= 0 && count <= max

const at = (buffer: ArrayBufferLike, offset: number, length: number): Bytes => ({
  view: new DataView(buffer as ArrayBuffer, offset, length),
  offset: 0,
})

const whole = (page: Uint8Array): Bytes => at(page.buffer, page.byteOffset, page.byteLength)

/** Bytes of a page header, which may hold statistics. */
const maxHeader = 32_768
