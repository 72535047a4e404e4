import { isInexact, readCell } from './cell.ts'
import type { Column } from './columns.ts'

/**
 * The value of a cell in its column. Where a cell of another program is ambiguous, the types of the
 * column decide: an empty cell is null where the field cannot be absent, `null` is text where only
 * text is allowed, `TRUE` is a boolean, and `NULL` or `NA` is an empty cell where only numbers or
 * booleans are. A number of an unknown column stays text if a double does not hold it. The row
 * numbers of pandas are no part of the record.
 */
export const readField = (written: string, column: Column, maxDepth: number): unknown => {
  const { types, isRequired, kind } = column
  const isPlain = types !== undefined && !types.has('text') && !types.has('other')
  const cell = isPlain && nullWords.has(written) ? '' : written
  if (column.isIndex === true && /^\d+$/.test(cell)) return undefined
  if (types === undefined)
    return column.known === undefined && isInexact(cell) ? cell : readCell(cell, kind, maxDepth)
  if (cell === '' && isRequired === true && types.has('null') && !types.has('undefined')) return null
  if (cell === 'null' && isRequired === true && types.size === 1 && types.has('text')) return cell
  if (isPlain && types.has('boolean') && !types.has('number') && /^(true|false)$/i.test(cell))
    return cell.toLowerCase() === 'true'
  return readCell(cell, kind, maxDepth)
}

/**
 * The words that databases, pandas, R and Excel write for null. `NaN` is none of them: it may be a
 * number that was measured.
 */
const nullWords = new Set(['NULL', 'None', 'NA', 'N/A', '#N/A', '<NA>', 'NaT', '\\N'])
