import type { Compressors, PageHeader, RowGroup, SchemaTree } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { decompressPage } from 'hyparquet/src/datapage.js'
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js'
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath } from 'hyparquet/src/schema.js'
import { type Bytes, checkDelta, checkRuns, countInRuns } from './checkRuns.ts'

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

/** A page as its header describes it. */
export interface Page {
  readonly header: PageHeader
  /** The page as it is in the file. */
  readonly input: Uint8Array
  /** Returns the number of rows. A page of the first version that has lists is read for it. */
  readonly rows: () => number
  /** Returns the decompressed and checked page; a page of the second version without its levels. */
  readonly body: () => Uint8Array
}

/**
 * Checks the pages of a row group, a column at a time, before hyparquet decodes them. hyparquet
 * believes the counts of page headers, levels, runs and deltas: one wrong byte makes it count to
 * 2^31.
 *
 * @throws an Error that says what is invalid, as hyparquet does
 */
export const checkedPages = (tree: SchemaTree, left: Budget) => {
  let { values, bytes } = left

  return function* (chunk: ChunkMetadata, buffer: ArrayBuffer, compressors: Compressors): Generator<Page> {
    const path = getTreePath(tree, chunk.path_in_schema)
    const levels = [getMaxRepetitionLevel(path), getMaxDefinitionLevel(path)] as const
    let expected = Number(chunk.num_values)
    values -= expected
    if (!(values >= 0 && expected >= 0)) throw new Error('more values than a row group may have')
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
      if (!(size >= 0 && bytes >= 0)) throw new Error('more bytes than a row group may have')
      offset = start + packed
      const input = new Uint8Array(buffer, start, packed)
      const { data_page_header: one, data_page_header_v2: two, dictionary_page_header: dictionary } = header
      const opened = (packed: Uint8Array, size: number) =>
        decompressPage(packed, size, chunk.codec, compressors)
      if (header.type === 'DICTIONARY_PAGE') {
        if (!within(dictionary?.num_values, size * 8))
          throw new Error('a dictionary of more values than bytes')
        yield { header, input, rows: () => 0, body: () => opened(input, size) }
        continue
      }
      const count = header.type === 'DATA_PAGE_V2' ? two?.num_values : one?.num_values
      if (!within(count, expected)) throw new Error('a page with more values than its column')
      expected -= count
      const budget = bytes
      if (header.type === 'DATA_PAGE_V2' && two !== undefined) {
        if (!within(two.num_nulls, count) || !within(two.num_rows, count))
          throw new Error('more rows than values')
        const body = (): Uint8Array => {
          const from = checkLevels(input, two, levels)
          const rest = input.subarray(from)
          const body = two.is_compressed === false ? rest : opened(rest, size - from)
          checkValues(whole(body), two.encoding, chunk.type, count - two.num_nulls, budget)
          return body
        }
        yield { header, input, rows: () => two.num_rows, body }
        continue
      }
      const read = (): { readonly body: Uint8Array; readonly rows: number } => {
        const body = opened(input, size)
        const page = whole(body)
        const rows = countLevels(page, levels[0], count, 0)
        const found = countLevels(page, levels[1], count, levels[1])
        checkValues(page, one?.encoding, chunk.type, found, budget)
        return { body, rows }
      }
      yield {
        header,
        input,
        rows: () => (levels[0] === 0 ? count : read().rows),
        body: () => read().body,
      }
    }
    if (expected > 0) throw new Error('a column with fewer values than it says')
  }
}

/** Checks the levels of a page of the second version, and returns where its values begin. */
const checkLevels = (
  input: Uint8Array,
  header: NonNullable<PageHeader['data_page_header_v2']>,
  [repetition, definition]: readonly [number, number],
): number => {
  let from = 0
  for (const [length, max, isDefinition] of [
    [header.repetition_levels_byte_length, repetition, false],
    [header.definition_levels_byte_length, definition, true],
  ] as const) {
    if (!within(length, input.length - from)) throw new Error('levels longer than their page')
    // repetition levels that can only be 0 are skipped, as hyparquet does
    if (max === 0 && length > 0 && isDefinition) throw new Error('definition levels of a required column')
    if (max > 0)
      checkRuns(at(input.buffer, input.byteOffset + from, length), 32 - Math.clz32(max), header.num_values)
    from += length
  }
  return from
}

/**
 * Checks the levels of a page of the first version, passes them, and returns how many are `wanted`.
 */
const countLevels = (page: Bytes, max: number, count: number, wanted: number): number => {
  if (max === 0) return count // they can only be 0, and are not there
  const width = 32 - Math.clz32(max)
  const runs = prefixed(page)
  page.offset += 4 + page.view.getUint32(page.offset, true)
  checkRuns(runs, width, count)
  return countInRuns(runs, width, count, wanted)
}

const checkValues = (
  page: Bytes,
  encoding: string | undefined,
  type: string,
  count: number,
  budget: number,
): void => {
  if (encoding === 'RLE' && type === 'BOOLEAN') {
    // hyparquet reads a length before it in pages of both versions
    checkRuns(prefixed(page), 1, count)
  } else if (encoding?.endsWith('DICTIONARY') === true && count > 0) {
    const width = page.view.getUint8(page.offset++)
    checkRuns(page, width, count)
  } else if (encoding?.startsWith('DELTA') === true && count > 0) {
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

/** Returns the bytes after a length of four bytes. */
const prefixed = ({ view, offset }: Bytes): Bytes => {
  const length = view.getUint32(offset, true)
  if (length > view.byteLength - offset - 4) throw new Error('levels longer than their page')
  return at(view.buffer, view.byteOffset + offset + 4, view.byteLength - offset - 4)
}

/** Bytes of a page header, which may hold statistics. */
const maxHeader = 32_768
