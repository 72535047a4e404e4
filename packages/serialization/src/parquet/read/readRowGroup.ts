import type { FileMetaData, RowGroup } from 'hyparquet'
import { parquetSchema } from 'hyparquet/src/metadata.js'
import { extraName, nameOf } from '../../schema/fieldNames.ts'
import type { Group } from '../../schema/RecordSchema.ts'
import { assemble } from './assemble.ts'
import { type Failure, failureOf, reasonOf } from './attempt.ts'
import { type ColumnCursor, columnCursor } from './ColumnCursor.ts'
import type { ReadContext } from './convertValue.ts'
import { createdBy, wrappedKey } from '../schema.ts'
import { isShredded, shreddedVariant } from './nestedTypes.ts'
import { decompressors } from './decompressors.ts'
import { pageRows } from './pageRows.ts'
import { type Budget, checkedPages, type ChunkMetadata, chunkRange, columnError } from './pages.ts'
import { request, type ByteRange } from './readRequests.ts'

export interface GroupOptions {
  readonly structure: Group
  readonly reading: ReadContext
  readonly byteLength: number
  /** Names of the columns to read. Default: all. */
  readonly columns: ReadonlyArray<string> | undefined
  readonly maxPageBytes: number
  readonly budget: Budget
  /** Reports a column that is skipped, since neither the codec nor this reader knows it. */
  readonly warn: (column: string, failure: Failure) => void
}

/**
 * Reads a row group, a column at a time, and returns a function that returns its next record. The
 * headers of all pages are checked first, which say how many rows there are; the pages are decoded
 * as they are needed. A column that the codec does not know is skipped if it is unreadable.
 *
 * @throws an Error that says what is invalid, as hyparquet does
 */
export function* readRowGroup(
  metadata: FileMetaData,
  { columns: chunks, num_rows }: RowGroup,
  { structure, reading, byteLength, columns: wanted, maxPageBytes, budget, warn }: GroupOptions,
): Generator<ByteRange, () => unknown, ArrayBuffer> {
  const tree = parquetSchema(metadata)
  const rows = Number(num_rows)
  // a wrong index of another writer would cost its records
  const isOwn = metadata.created_by === createdBy
  const checkPages = checkedPages(tree, budget)
  const readPages = checkedPages(tree, budget)
  const compressors = decompressors(maxPageBytes)
  const known = new Set([...structure.fields.map(({ key }) => nameOf(key)), extraName])
  const columns = new Map<string, ColumnCursor>()
  const names = new Set<string>()
  const unreadable = new Map<string, Error>(
    tree.children
      .filter(node => !known.has(node.element.name) && isShredded(node))
      .map(node => [node.element.name, new Error(shreddedVariant)]),
  )
  if (chunks.length === 0 && rows > 0) throw new Error('a row group without columns')
  for (const column of chunks) {
    const { meta_data: chunk } = column
    const [name = ''] = chunk?.path_in_schema ?? []
    if (chunk === undefined || wanted?.includes(name) === false || unreadable.has(name)) continue
    const bytes = yield* request(...checkedRange(chunk, rows, byteLength))
    const rowsOfPages =
      isOwn && chunk.path_in_schema.length > 1 ? yield* pageRows(column, rows, byteLength) : undefined
    let found = 0
    try {
      for (const page of checkPages(chunk, bytes, compressors, rowsOfPages))
        if (page._tag === 'Data') found += page.rows()
      columns.set(
        chunk.path_in_schema.join('.'),
        columnCursor(tree, chunk, readPages(chunk, bytes, compressors, rowsOfPages)),
      )
    } catch (error) {
      const located = columnError(chunk, error)
      if (known.has(name)) throw located
      unreadable.set(name, located)
      continue
    }
    if (found !== rows) throw columnError(chunk, new Error(`expected ${rows} rows, found ${found}`))
    names.add(name)
  }
  for (const [name, error] of unreadable) {
    if (wanted?.includes(name) === false) continue
    names.delete(name)
    if (names.size === 0) throw error
    warn(name, { ...failureOf(error), reason: reasonOf(error.cause ?? error) })
  }
  const children = tree.children.filter(({ element }) => names.has(element.name))
  const isWrapped = metadata.key_value_metadata?.some(({ key }) => key === wrappedKey) === true
  return assemble(children, structure, { columns, reading, isWrapped })
}

/** Returns the range of a column in the file, and checks it. */
const checkedRange = (chunk: ChunkMetadata, rows: number, byteLength: number): readonly [number, number] => {
  const { start, end } = chunkRange(chunk)
  if (!(start >= 0 && start <= end && end <= byteLength))
    throw new Error('a column that lies outside of the file')
  if (!(Number(chunk.num_values) >= rows)) throw new Error('a column with fewer values than rows')
  return [start, end]
}
