import type { Column } from './columns.ts'
import type { Row } from './rows.ts'
import type { Line } from './TableReader.ts'

/** Watches the empty cells of a table, which another program may have written for null. */
export interface EmptyCells {
  readonly see: (row: Row, line: Line) => void
  /** The sentence about empty cells that may stand for null or for an absent key. */
  readonly notes: () => ReadonlyArray<string>
}

/**
 * A table has one cell for null and for an absent key if it has no cell `null`, and was written by
 * another program: an empty cell in a field that must be there, or LF as line end, shows that.
 */
export const emptyCells = (): EmptyCells => {
  let header: Line['header'] | undefined
  let required: ReadonlyArray<number> = []
  let optional: ReadonlyArray<number> = []
  let [hasNull, isForeign, hasEmpty] = [false, false, false]
  let end = -1
  return {
    see: ({ at, size }, line) => {
      if (hasNull) return
      if (header !== line.header) {
        header = line.header
        required = nullable(header, true)
        optional = nullable(header, false)
      }
      const isIn = (columns: ReadonlyArray<number>, cell: string) =>
        columns.some(i => line.cells[i]?.text === cell)
      hasNull = isIn(optional, 'null') || isIn(required, 'null')
      isForeign ||= at.offset === end + 1 || isIn(required, '')
      hasEmpty ||= isIn(optional, '')
      end = at.offset + size
    },
    notes: () => (hasEmpty && isForeign && !hasNull ? [note] : []),
  }
}

const note =
  'an empty cell may be null or an absent key, and this table does not tell which. It is read as an absent key where the key is optional'

const nullable = (header: ReadonlyArray<Column>, isRequired: boolean): ReadonlyArray<number> =>
  header.flatMap((column, i) =>
    column.types?.has('null') === true && (column.isRequired === true) === isRequired ? [i] : [],
  )
