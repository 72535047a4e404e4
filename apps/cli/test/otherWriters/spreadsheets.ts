/** Tables as pandas and Excel save them again: what these two do to the cells of another program. */
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'

type Cells = ReadonlyArray<string>
interface Table {
  readonly header: Cells
  readonly rows: ReadonlyArray<Cells>
}

const read = (csv: string): Table => {
  const [header = [], ...rows] = parse(csv, { bom: true })
  return { header, rows }
}

const byColumn = ({ rows, header }: Table, change: (column: Cells) => Cells): ReadonlyArray<Cells> => {
  const columns = header.map((_, i) => change(rows.map(row => row[i] as string)))
  return rows.map((_, row) => columns.map(column => column[row] as string))
}

/** The cells that `pandas.read_csv` takes for a missing value by default. */
const missing = new Set(
  ' #N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null|'.split(
    '|',
  ),
)

/**
 * `pandas.read_csv(a).to_csv(b)`: missing values are empty cells; a column of integers becomes one
 * of floats if a value is missing (`1.0`); booleans are `True` and `False`; the index is a column
 * without a name.
 *
 * @param quoted - `to_csv(quoting=csv.QUOTE_ALL)`
 */
export const byPandas = (csv: string, { index = true, quoted = false } = {}): string => {
  const table = read(csv)
  const rows = byColumn(table, column => {
    const cells = column.map(cell => (missing.has(cell) ? '' : cell))
    const present = cells.filter(cell => cell !== '')
    if (present.length > 0 && present.every(cell => /^(true|false)$/i.test(cell)))
      return cells.map(cell => cell && `${cell[0]?.toUpperCase()}${cell.slice(1).toLowerCase()}`)
    const isNumeric = present.length > 0 && present.every(cell => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell))
    const areFloats =
      isNumeric && (present.length < cells.length || present.some(cell => !/^-?\d+$/.test(cell)))
    return areFloats ? cells.map(cell => cell && pythonFloat(Number(cell))) : cells
  })
  const [header, body] = index
    ? [['', ...table.header], rows.map((row, i) => [String(i), ...row])]
    : [table.header, rows]
  return stringify([header, ...body], { quoted, quoted_empty: quoted })
}

/** Python's `repr` of a float: `1.0`, `1e-05`, `1e+16`. */
const pythonFloat = (value: number): string => {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e16))
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

/**
 * Excel's "CSV UTF-8": a byte order mark, CRLF, `TRUE` and `FALSE`, 15 digits of a number, in
 * scientific notation from 12 digits on, dates as the locale has them. A cell that begins with `'`
 * keeps it. Where the locale has a decimal comma the separator is `;`.
 */
export const byExcel = (csv: string, { separator = ',' } = {}): string => {
  const { header, rows } = read(csv)
  const cells = rows.map(row => row.map(cell => excelCell(cell, separator === ';')))
  return stringify([header, ...cells], {
    bom: true,
    record_delimiter: 'windows',
    delimiter: separator,
  })
}

const excelCell = (cell: string, hasComma: boolean): string => {
  if (/^(true|false)$/i.test(cell)) return cell.toUpperCase()
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(cell)
  if (date !== null) return `${Number(date[2])}/${Number(date[3])}/${date[1]}`
  if (!/^\s*-?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(cell)) return cell
  const value = Number(Number(cell).toPrecision(15))
  const size = Math.abs(value)
  const short = Number(value.toPrecision(6))
  const text =
    size !== 0 && (size >= 1e11 || size < 1e-4)
      ? short
          .toExponential()
          .toUpperCase()
          .replace(/E([+-])(\d)$/, 'E$10$2')
      : String(value)
  return hasComma ? text.replace('.', ',') : text
}
