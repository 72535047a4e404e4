import type { DecodedArray, ParquetParsers, SchemaTree } from 'hyparquet'
import { convert, convertWithDictionary, DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { getMaxDefinitionLevel, getTreePath } from 'hyparquet/src/schema.js'
import { textOf } from '../../bytes/utf8.ts'
import type { ChunkMetadata, Page } from './pages.ts'

/** The entries of a column, in turn. */
export interface ColumnCursor {
  /** The levels of the next entry, -1 behind the last one. */
  definition: number
  repetition: number
  /** Takes the next entry, and gives its value if its definition level says that there is one. */
  readonly take: () => unknown
}

/**
 * Decodes the pages of a column, by hyparquet, each when its first entry is asked for.
 *
 * @throws an Error that says what cannot be true, as hyparquet does; so does taking an entry
 */
export const columnCursor = (tree: SchemaTree, chunk: ChunkMetadata, pages: Iterable<Page>): ColumnCursor => {
  const schemaPath = getTreePath(tree, chunk.path_in_schema)
  const max = getMaxDefinitionLevel(schemaPath)
  const parts = decodedPages(schemaPath, chunk, pages)
  let part: DecodedPage = { length: 0, values: [], definition: undefined, repetition: undefined }
  let at = -1
  let value = 0
  const column: ColumnCursor = {
    definition: -1,
    repetition: 0,
    take: () => {
      if (column.definition === -1) throw new Error('a column with fewer values than rows')
      if (column.definition !== max) {
        step()
        return undefined
      }
      const found = part.values[value++]
      if (found === undefined) throw new Error('a value that is not there')
      step()
      return found
    },
  }
  const step = (): void => {
    while (++at >= part.length) {
      const next = parts.next()
      if (next.done === true) {
        column.definition = -1
        column.repetition = 0
        return
      }
      part = next.value
      at = -1
      value = 0
    }
    column.definition = part.definition?.[at] ?? max
    column.repetition = part.repetition?.[at] ?? 0
  }
  step()
  return column
}

/** A page, decoded. */
interface DecodedPage {
  readonly length: number
  /** Of the entries that have one. */
  readonly values: ArrayLike<unknown>
  /** Where they differ. */
  readonly definition: ArrayLike<number> | undefined
  readonly repetition: ArrayLike<number> | undefined
}

function* decodedPages(
  schemaPath: Array<SchemaTree>,
  chunk: ChunkMetadata,
  pages: Iterable<Page>,
): Generator<DecodedPage, undefined> {
  const element = (schemaPath.at(-1) as SchemaTree).element
  const decoder = { ...chunk, pathInSchema: chunk.path_in_schema, schemaPath, element, parsers }
  let dictionary: DecodedArray | undefined
  for (const { header, input, rows, body } of pages) {
    const { data_page_header: one, data_page_header_v2: two } = header
    if (header.type === 'DICTIONARY_PAGE') {
      const count = header.dictionary_page_header?.num_values ?? 0
      dictionary = convert(readPlain(readerOf(body()), chunk.type, count, element.type_length), decoder)
    } else if (header.type === 'DATA_PAGE_V2' && two !== undefined) {
      const opened = body()
      // hyparquet decompresses by itself: what it asks for is there already
      const compressors = { [chunk.codec]: () => opened }
      const page = readDataPageV2(input, header, { ...decoder, compressors })
      const part = toDecodedPage(
        page,
        two.num_values,
        convertWithDictionary(page.dataPage, dictionary, two.encoding, decoder),
      )
      const found = part.repetition === undefined ? part.length : zerosIn(part.repetition)
      if (found !== rows()) throw new Error(`a page of ${found} rows that says ${rows()}`)
      yield part
    } else if (one !== undefined) {
      const page = readDataPage(body(), one, decoder)
      yield toDecodedPage(
        page,
        one.num_values,
        convertWithDictionary(page.dataPage, dictionary, one.encoding, decoder),
      )
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
  definition: levelsOf(definitionLevels),
  repetition: levelsOf(repetitionLevels),
})

const zerosIn = (levels: ArrayLike<number>): number => {
  let zeros = 0
  for (let i = 0; i < levels.length; i++) if (levels[i] === 0) zeros++
  return zeros
}

/** In a byte each, where they fit in one. */
const levelsOf = (levels: ReadonlyArray<number> = []): ArrayLike<number> | undefined => {
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

/** What is no UTF-8 stays bytes, which no codec takes for a text. */
export const parsers: ParquetParsers = {
  ...DEFAULT_PARSERS,
  stringFromBytes: bytes => bytes && (textOf(bytes) ?? bytes),
}
