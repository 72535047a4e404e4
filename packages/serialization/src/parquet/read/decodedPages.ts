import type { DecodedArray, SchemaTree } from 'hyparquet'
import { convert, convertWithDictionary } from 'hyparquet/src/convert.js'
import { readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { parsers, physicalConverter } from './convertPhysical.ts'
import type { ChunkMetadata, Page } from './pages.ts'

export interface DecodedPage {
  readonly length: number
  /** Values of the entries that have one. */
  readonly values: ArrayLike<unknown>
  /** Levels of the entries, unless all are the same. */
  readonly definition: ArrayLike<number> | undefined
  readonly repetition: ArrayLike<number> | undefined
}

/** Decodes the pages of a column, one at a time. */
export function* decodedPages(
  schemaPath: Array<SchemaTree>,
  chunk: ChunkMetadata,
  pages: Iterable<Page>,
): Generator<DecodedPage, undefined> {
  const element = (schemaPath.at(-1) as SchemaTree).element
  const decoder = { ...chunk, pathInSchema: chunk.path_in_schema, schemaPath, element, parsers }
  const isVariant = schemaPath.some(node => node.element.logical_type?.type === 'VARIANT')
  // the bytes of a VARIANT may look like text
  const ownConverter = isVariant ? (value: unknown) => value : physicalConverter(element)
  const toValues = (data: DecodedArray): DecodedArray =>
    ownConverter === undefined ? convert(data, decoder) : Array.from(data, ownConverter)
  let dictionary: DecodedArray | undefined
  const valuesOf = (data: DecodedArray, encoding: Parameters<typeof convertWithDictionary>[2]) =>
    dictionary !== undefined && encoding.endsWith('_DICTIONARY')
      ? convertWithDictionary(data, dictionary, encoding, decoder)
      : toValues(data)
  for (const { header, input, rows, body } of pages) {
    const { data_page_header: one, data_page_header_v2: two } = header
    if (header.type === 'DICTIONARY_PAGE') {
      const count = header.dictionary_page_header?.num_values ?? 0
      dictionary = toValues(readPlain(readerOf(body()), chunk.type, count, element.type_length))
    } else if (header.type === 'DATA_PAGE_V2' && two !== undefined) {
      const opened = body()
      // hyparquet decompresses by itself: it is given what is decompressed already
      const compressors = { [chunk.codec]: () => opened }
      const page = readDataPageV2(input, header, { ...decoder, compressors })
      const decoded = toDecodedPage(page, two.num_values, valuesOf(page.dataPage, two.encoding))
      const found = decoded.repetition === undefined ? decoded.length : countZeros(decoded.repetition)
      if (found !== rows()) throw new Error(`a page of ${found} rows that says ${rows()}`)
      yield decoded
    } else if (one !== undefined) {
      const page = readDataPage(body(), one, decoder)
      yield toDecodedPage(page, one.num_values, valuesOf(page.dataPage, one.encoding))
    }
  }
}

const toDecodedPage = (
  {
    definitionLevels,
    repetitionLevels,
  }: Pick<ReturnType<typeof readDataPage>, 'repetitionLevels'> & {
    readonly definitionLevels?: ReadonlyArray<number> | undefined
  },
  length: number,
  values: DecodedArray,
): DecodedPage => ({
  length,
  values,
  definition: toBytes(definitionLevels),
  repetition: toBytes(repetitionLevels),
})

const countZeros = (levels: ArrayLike<number>): number => {
  let zeros = 0
  for (let i = 0; i < levels.length; i++) if (levels[i] === 0) zeros++
  return zeros
}

/** Packs levels into bytes where each of them fits into one. */
const toBytes = (levels: ReadonlyArray<number> = []): ArrayLike<number> | undefined => {
  if (levels.length === 0) return undefined
  const bytes = new Uint8Array(levels.length)
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i] as number
    if (level > 255) return levels
    bytes[i] = level
  }
  return bytes
}

const readerOf = (bytes: Uint8Array) => ({
  view: new DataView(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength),
  offset: 0,
})
