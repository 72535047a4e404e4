import type { SchemaElement, SchemaTree } from 'hyparquet'
import { getMaxDefinitionLevel, getTreePath } from 'hyparquet/src/schema.js'
import { type DecodedPage, decodedPages } from './decodedPages.ts'
import { type ChunkMetadata, columnError, type Page } from './pages.ts'

/** A cursor over the entries of a column. */
export interface ColumnCursor {
  /** Levels of the next entry; the definition level is -1 after the last one. */
  definition: number
  repetition: number
  /** The values' encoding inside the column, where it is no plain value. */
  readonly kind: 'json' | 'bytes' | 'plain'
  /** Consumes the next entry. Returns its value if its definition level says that there is one. */
  readonly take: () => unknown
}

/**
 * Decodes the pages of a column, each when its first entry is asked for.
 *
 * @throws an Error that says what is invalid, as hyparquet does; so does taking an entry
 */
export const columnCursor = (tree: SchemaTree, chunk: ChunkMetadata, pages: Iterable<Page>): ColumnCursor => {
  const schemaPath = getTreePath(tree, chunk.path_in_schema)
  const max = getMaxDefinitionLevel(schemaPath)
  const decoded = decodedPages(schemaPath, chunk, pages)
  let page: DecodedPage = { length: 0, next: () => undefined, definition: undefined, repetition: undefined }
  let at = -1
  const column: ColumnCursor = {
    definition: -1,
    repetition: 0,
    kind: kindOf((schemaPath.at(-1) as SchemaTree).element),
    take: () => {
      if (column.definition === -1) throw columnError(chunk, new Error('fewer values than rows'))
      if (column.definition !== max) {
        step()
        return undefined
      }
      const found = page.next()
      if (found === undefined) throw columnError(chunk, new Error('a missing value'))
      step()
      return found
    },
  }
  const nextPage = () => {
    try {
      return decoded.next()
    } catch (error) {
      throw columnError(chunk, error)
    }
  }
  const step = (): void => {
    while (++at >= page.length) {
      const next = nextPage()
      if (next.done === true) {
        column.definition = -1
        column.repetition = 0
        return
      }
      page = next.value
      at = -1
    }
    column.definition = page.definition?.[at] ?? max
    column.repetition = page.repetition?.[at] ?? 0
  }
  step()
  return column
}

const kindOf = ({ type, converted_type, logical_type }: SchemaElement): ColumnCursor['kind'] => {
  if (converted_type === 'JSON' || logical_type?.type === 'JSON') return 'json'
  const isText = converted_type !== undefined || logical_type !== undefined
  const isBytes = type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY'
  return isBytes && (!isText || logical_type?.type.startsWith('GEO') === true) ? 'bytes' : 'plain'
}
