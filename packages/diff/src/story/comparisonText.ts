import { escapeForLog } from '../internal/escapeForLog.ts'
import { redact } from '../redact.ts'
import type { TextOptions } from '../RenderOptions.ts'
import type { ComparisonRow, RunComparison } from './compareRuns.ts'
import { cellsOf, type GridCell, headings } from './comparisonGrid.ts'

export interface ComparisonTextOptions extends TextOptions {
  /** Characters of a line. Default: 100. */
  readonly width?: number
}

/** A cell is not cut below this where there are several tables; a name then loses its middle. */
const wideCell = 32
/** A cell is not cut below this, as long as the runs fit otherwise. */
const minCell = 12
const gap = 2

/**
 * Draws a comparison as a table within a width: a column for each run, or a row for each where more
 * runs are compared than fit as columns, in several tables if need be. `*` marks the best value.
 */
export const comparisonText = (comparison: RunComparison, options: ComparisonTextOptions = {}): string => {
  const shown = options.redacted === true ? redact(comparison) : comparison
  const width = Math.max(40, options.width ?? 100)
  const { rows } = shown
  // the words after the name of the baseline are at its end
  const names = headings(shown).map(name => plain(name, true))
  const labels = rows.map(({ label }) => plain(label))
  const cells = rows.map(row => cellsOf(row).map(fromGrid))
  const byField = [
    [plain(''), ...names],
    ...rows.map((_, i) => [labels[i] ?? plain('')].concat(cells[i] ?? [])),
  ]
  const byRun = [
    [plain(''), ...rows.map(columnHead)],
    ...names.map((name, j) => [name].concat(cells.map(row => row[j] ?? plain('')))),
  ]
  const paint = options.colours === true ? yellow : undefined
  const isCompact = widthsOf(byField, minCell).reduce((sum, w) => sum + w + gap, -gap) <= width
  const differing = (i: number) => i > 0 && rows[i - 1]?.differs === true && rows.some(row => !row.differs)
  const table = isCompact
    ? draw(byField, fit(byField, width, minCell), line =>
        paint !== undefined && differing(line) ? paint : identity,
      )
    : blocks(byRun, width)
        .map(block => draw(block, fit(block, width, mostIn(width)), () => identity))
        .join('\n\n')
  return rows.some(hasBest) ? `${table}\n* best` : table
}

/** The heading of a column, over the end of its numbers. */
const columnHead = ({ label, values, unit }: ComparisonRow): Cell =>
  unit !== 'Unix seconds' && values.some(value => typeof value === 'number')
    ? { text: Array.from(`${escapeForLog(label)} `), isNumber: true, isName: false }
    : plain(label)

const hasBest = ({ best }: ComparisonRow): boolean => best.includes(true)

interface Cell {
  readonly text: ReadonlyArray<string>
  readonly isNumber: boolean
  /** True for a text of one word, and for the name of a run. */
  readonly isName: boolean
}

const isWord = (text: string): boolean => !/\s/.test(text)

const plain = (text: string, isName = isWord(text)): Cell => ({
  text: Array.from(escapeForLog(text)),
  isNumber: false,
  isName,
})

const fromGrid = ({ text, isNumber, isText, isBest }: GridCell): Cell => ({
  // numbers stay aligned: the mark has a column of its own
  text: Array.from(`${escapeForLog(text)}${isBest ? '*' : isNumber ? ' ' : ''}`),
  isNumber,
  isName: isText && isWord(text),
})

const cutTo = ({ text, isName }: Cell, size: number): ReadonlyArray<string> => {
  if (text.length <= size) return text
  const end = isName ? Math.floor((size - 1) / 2) : 0
  return [...text.slice(0, Math.max(0, size - 1 - end)), '…', ...text.slice(text.length - end)]
}

const identity = (line: string): string => line
const yellow = (line: string): string => `\u001b[33m${line}\u001b[0m`

type Table = ReadonlyArray<ReadonlyArray<Cell>>

/** The width of each column, none above `most`. */
const widthsOf = (table: Table, most: number): ReadonlyArray<number> =>
  (table[0] ?? []).map((_, column) =>
    Math.min(
      most,
      table.reduce((widest, row) => Math.max(widest, row[column]?.text.length ?? 0), 0),
    ),
  )

/** The greatest limit for cells with which a table fits into a width, or the least one. */
const fit = (table: Table, width: number, least: number): ReadonlyArray<number> => {
  for (let most = width; most > least; most--) {
    const widths = widthsOf(table, most)
    if (widths.reduce((sum, w) => sum + w + gap, -gap) <= width) return widths
  }
  return widthsOf(table, least)
}

/** The width that a cell has at least, if it needs it, so that two fit into a width. */
const mostIn = (width: number): number => Math.min(wideCell, Math.floor((width - gap) / 2))

/** Cuts a table that is too wide into several, each with the first column. */
const blocks = (table: Table, width: number): ReadonlyArray<Table> => {
  const [first = 0, ...others] = widthsOf(table, mostIn(width))
  const found: Array<Array<number>> = []
  let room = 0
  for (const [i, size] of others.entries()) {
    if (found.length === 0 || room < size + gap) {
      found.push([0])
      room = width - first
    }
    found.at(-1)?.push(i + 1)
    room -= size + gap
  }
  return found.map(columns => table.map(row => columns.map(column => row[column] ?? plain(''))))
}

const draw = (
  table: Table,
  widths: ReadonlyArray<number>,
  paint: (line: number) => (text: string) => string,
): string =>
  table
    .map((row, i) => {
      const cells = row.map((cell, column) => {
        const size = widths[column] ?? 0
        const cut = cutTo(cell, size)
        const room = ' '.repeat(size - cut.length)
        return cell.isNumber ? room + cut.join('') : cut.join('') + room
      })
      return paint(i)(cells.join(' '.repeat(gap)).trimEnd())
    })
    .join('\n')
