import type { FileMetaData, RowGroup } from 'hyparquet'
import { parquetSchema } from 'hyparquet/src/metadata.js'
import type { Group } from '../../schema/RecordSchema.ts'
import { assemble } from './assemble.ts'
import { type ColumnCursor, columnCursor } from './ColumnCursor.ts'
import { decompressors } from '../compressors.ts'
import type { ReadContext } from './convertValue.ts'
import { type Budget, checkedPages, chunkRange } from './pages.ts'
import { ask, type ByteRange } from './readRequests.ts'

export interface GroupOptions {
  readonly structure: Group
  readonly reading: ReadContext
  readonly byteLength: number
  /** The only columns to read. */
  readonly columns: ReadonlyArray<string> | undefined
  readonly maxPageBytes: number
  readonly budget: Budget
}

/**
 * Reads a row group, a column at a time, and gives its records, each when it is asked for: the headers of its pages are gone
 * through first, which say how many rows there are, and its pages decoded by hyparquet then, one after the other.
 *
 * @throws an Error that says what cannot be true, as hyparquet does
 */
export function* readRowGroup(
  metadata: FileMetaData,
  { columns: chunks, num_rows }: RowGroup,
  { structure, reading, byteLength, columns: wanted, maxPageBytes, budget }: GroupOptions,
): Generator<ByteRange, () => unknown, ArrayBuffer> {
  const tree = parquetSchema(metadata)
  const counted = checkedPages(tree, budget)
  const pages = checkedPages(tree, budget)
  const compressors = decompressors(maxPageBytes)
  const columns = new Map<string, ColumnCursor>()
  const names = new Set<string>()
  if (chunks.length === 0 && Number(num_rows) > 0) throw new Error('a row group without columns')
  for (const { meta_data: chunk } of chunks) {
    const [name = ''] = chunk?.path_in_schema ?? []
    if (chunk === undefined || wanted?.includes(name) === false) continue
    const { start, end } = chunkRange(chunk)
    if (!(start >= 0 && start <= end && end <= byteLength))
      throw new Error('a column that lies outside of the file')
    if (!(Number(chunk.num_values) >= Number(num_rows)))
      throw new Error('a column with fewer values than rows')
    const bytes = yield* ask(start, end)
    let rows = 0
    for (const page of counted(chunk, bytes, compressors)) rows += page.rows()
    if (rows !== Number(num_rows)) throw new Error(`a column of ${rows} rows in a row group of ${num_rows}`)
    columns.set(chunk.path_in_schema.join('.'), columnCursor(tree, chunk, pages(chunk, bytes, compressors)))
    names.add(name)
  }
  const children = tree.children.filter(({ element }) => names.has(element.name))
  return assemble(children, structure, { columns, reading })
}
