import type { DecodedArray, FileMetaData, ParquetParsers, RowGroup, SchemaTree } from 'hyparquet'
import { assembleNested } from 'hyparquet/src/assemble.js'
import { readColumn } from 'hyparquet/src/column.js'
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { parquetSchema } from 'hyparquet/src/metadata.js'
import { getTreePath } from 'hyparquet/src/schema.js'
import { put, type Row } from '../internal/rows.ts'
import { textOf } from '../internal/utf8.ts'
import { decompressors } from './compressors.ts'
import { type Budget, type Chunk, pagesOf, rangeOf } from './pages.ts'
import { ask, type Span } from './steps.ts'

/** The rows of a group, each made when it is asked for. */
export interface Rows {
  readonly length: number
  readonly row: (i: number) => Row
}

export interface GroupOptions {
  readonly byteLength: number
  /** The only columns to read. */
  readonly columns: ReadonlyArray<string> | undefined
  readonly maxPageBytes: number
  readonly budget: Budget
}

/**
 * Reads a row group, a column at a time: its pages are gone through first, and decoded by hyparquet then.
 *
 * @throws an Error that says what cannot be true, as hyparquet does
 */
export function* groupOf(
  metadata: FileMetaData,
  { columns: chunks, num_rows }: RowGroup,
  { byteLength, columns: wanted, maxPageBytes, budget }: GroupOptions,
): Generator<Span, Rows, ArrayBuffer> {
  const length = Number(num_rows)
  const tree = parquetSchema(metadata)
  const check = pagesOf(tree, budget)
  const select = { groupStart: 0, selectStart: 0, selectEnd: length, groupRows: length }
  const found = new Map<string, DecodedArray>()
  for (const { meta_data: chunk } of chunks) {
    const [name = ''] = chunk?.path_in_schema ?? []
    if (chunk === undefined || wanted?.includes(name) === false) continue
    const { start, end } = rangeOf(chunk)
    if (!(start >= 0 && start <= end && end <= byteLength))
      throw new Error('a column that lies outside of the file')
    if (!(Number(chunk.num_values) >= length)) throw new Error('a column with fewer values than rows')
    const bytes = yield* ask(start, end)
    const compressors = decompressors(maxPageBytes)
    check(chunk, bytes, compressors)
    const { data } = readColumn({ view: new DataView(bytes), offset: 0 }, select, {
      ...decoderOf(tree, chunk),
      compressors,
    })
    found.set(chunk.path_in_schema.join('.'), flat(data))
  }
  const read = tree.children.flatMap(child => {
    const name = child.element.name
    if (child.children.length > 0) {
      if (![...found.keys()].some(path => path.startsWith(`${name}.`))) return []
      assembleNested(found, child, parsers)
    }
    const values = found.get(name)
    return values === undefined ? [] : [[name, values] as const]
  })
  return {
    length,
    row: i => {
      const row: Row = {}
      for (const [name, values] of read) put(row, name, values[i])
      return row
    },
  }
}

const decoderOf = (tree: SchemaTree, chunk: Chunk) => {
  const schemaPath = getTreePath(tree, chunk.path_in_schema)
  const element = (schemaPath.at(-1) as SchemaTree).element
  return { ...chunk, pathInSchema: chunk.path_in_schema, schemaPath, element, parsers }
}

const flat = (pages: ReadonlyArray<DecodedArray>): DecodedArray => {
  if (pages.length === 1) return pages[0] as DecodedArray
  const all: Array<unknown> = []
  for (const page of pages) for (const value of page) all.push(value)
  return all
}

/** What is no UTF-8 stays bytes, which no codec takes for a text. */
const parsers: ParquetParsers = {
  ...DEFAULT_PARSERS,
  stringFromBytes: bytes => bytes && (textOf(bytes) ?? bytes),
}
