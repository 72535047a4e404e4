import { type DecodeError, type Issue, type Malformed, malformed, type Position } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import type { Reject } from '../Format.ts'
import { readText } from '../bytes/readText.ts'
import { positionAt, positionsAt } from '../bytes/positions.ts'
import { readField } from './readField.ts'
import { type Column, columnOf, isRowNumbers, twiceIn } from './columns.ts'
import { problems } from './problems.ts'
import { type Cell, cellsOf, type Row } from './rows.ts'
import { separatorOf } from './separator.ts'

/** As errors call the format. */
export const name = 'CSV'

/** A row whose cells stand under a header. */
export interface Line {
  readonly header: ReadonlyArray<Column>
  readonly cells: ReadonlyArray<Cell>
  readonly text: string
  readonly at: Position
}

/** The rows of one table, taken one after the other. */
export interface TableReader {
  /** True if the row is no record: an empty line, the header, or a part of a table in UTF-16. */
  readonly skips: (row: Row) => boolean
  /** The separator of the cells, as the header tells it. */
  readonly separator: () => string
  /** True for an invalid header. It is a reject, but no record. */
  readonly isHeader: (row: Row) => boolean
  /** True for a row that is all the rest of the input. */
  readonly isFinal: (row: Row) => boolean
  /** The error of an invalid header, which each row has. */
  readonly headerError: () => Malformed | undefined
  /**
   * The cells of a row of a record, or why they cannot be read: the row is bad, or the header is.
   */
  readonly read: (row: Row) => E.Either<Malformed, Line>
}

interface Limits {
  readonly maxRecordBytes: number
  readonly maxValues: number
}

/**
 * A table of these columns, in any order. One that the codec does not know is an unknown key; a
 * header that names a column twice leaves nothing to be read, and neither does one without the
 * column that must be there.
 */
export const tableReader = (
  columns: ReadonlyArray<Column>,
  { maxRecordBytes, maxValues }: Limits,
  must?: { readonly column: Column; readonly why: string },
): TableReader => {
  let header: ReadonlyArray<Column> | undefined
  let lost: Malformed | undefined // why nothing can be read
  let lostHeader: Row | undefined
  let isText = true // in UTF-8, where line ends separate rows
  let separator: string | undefined

  const cells = (row: Row): E.Either<Malformed, Omit<Line, 'header'>> => {
    const found = readText(name, maxRecordBytes, row)
    if (E.isLeft(found)) return found
    const { text, at } = found.right
    const split = cellsOf(text, maxValues, separator)
    if (E.isRight(split) && !row.open) return E.right({ cells: split.right, text, at })
    // a header of another separator can be open, and its cells are not
    const flaw = E.isLeft(split) ? split.left : { at: text.length, reason: problems.openQuote }
    return E.left(malformed(name, flaw.reason, positionAt(text, flaw.at, at)))
  }

  const reasonOf = (names: ReadonlyArray<Column>): string | undefined => {
    const twice = twiceIn(names)
    if (twice !== undefined) return problems.repeatedColumn(twice.name)
    return must !== undefined && !names.includes(must.column)
      ? `the column ${JSON.stringify(must.column.name)} is missing: ${must.why}`
      : undefined
  }

  const readHeader = (row: Row): void => {
    if (separator === undefined) {
      const told = separatorOf(row, columns)
      if (E.isLeft(told)) {
        lost = malformed(name, told.left, row.at)
        isText = false
        return
      }
      separator = told.right.separator
      if (told.right.isInstruction) return
    }
    const found = cells(row)
    if (E.isLeft(found)) {
      lost = found.left
      return
    }
    header = headerOf(
      found.right.cells.map(({ text }) => text),
      columns,
    )
    const reason = reasonOf(header)
    if (reason !== undefined) lost = malformed(name, reason, found.right.at)
  }

  return {
    skips: row => {
      if (row.size === 0 || !isText) return true
      if (header !== undefined || lost !== undefined) return false
      readHeader(row)
      if (lost !== undefined) lostHeader = row
      return lost === undefined
    },
    separator: () => separator ?? ',',
    isHeader: row => row === lostHeader,
    isFinal: row => row.open || (row === lostHeader && !isText),
    headerError: () => lost,
    read: row => {
      if (lost !== undefined || header === undefined) return E.left(lost as Malformed)
      const found = cells(row)
      if (E.isLeft(found)) return found
      const { at } = found.right
      const all = separator === ',' ? found.right.cells : withPoints(found.right.cells, header)
      return all.length === header.length
        ? E.right({ header, ...found.right, cells: all })
        : E.left(malformed(name, problems.cellCount(header.length, all.length), at))
    },
  }
}

/**
 * The reject of a row: an open quote or UTF-16 ends the table, an invalid header is no record, and
 * each row after it repeats its error.
 */
export const rejectOf = (
  reject: Reject,
  row: Row,
  { isHeader, isFinal, headerError }: Pick<TableReader, 'isHeader' | 'isFinal' | 'headerError'>,
): Reject => {
  const rest = isFinal(row) ? { ...reject, isFinal: true as const } : reject
  if (isHeader(row)) return rest.isFinal ? rest : { ...rest, records: 0 }
  return reject.error === headerError() ? { ...rest, isRepeat: true } : rest
}

/**
 * The columns of a header. The values of a codec that is no record are a table of one column,
 * `value`; next to other columns it is a key like them.
 */
const headerOf = (names: ReadonlyArray<string>, columns: ReadonlyArray<Column>): ReadonlyArray<Column> =>
  names.map((name, i) => {
    const column = columns.find(known => known.name === name)
    const isKey = column === undefined || (column.path.length === 0 && !column.known && names.length > 1)
    if (!isKey) return column
    const isIndex = i === 0 && names.length > 1 && isRowNumbers(name)
    return { name, path: [name], kind: 'value', ...(isIndex && { isIndex }) }
  })

/** Cells where a comma is free for decimals: it is one in a column of numbers. */
const withPoints = (cells: ReadonlyArray<Cell>, header: ReadonlyArray<Column>): ReadonlyArray<Cell> =>
  cells.map((cell, i) =>
    header[i]?.types?.has('number') === true && /^-?\d+,\d+(E[+-]?\d+)?$/i.test(cell.text)
      ? { ...cell, text: cell.text.replace(',', '.') }
      : cell,
  )

/** The values that the cells of a row stand for. */
export const valuesOf = ({ header, cells }: Line, maxDepth: number): ReadonlyArray<unknown> =>
  cells.map(({ text }, i) => readField(text, header[i] as Column, maxDepth))

/** The text in a column; empty if there is no such column. */
export const textIn = ({ header, cells }: Line, column: Column): string =>
  cells[header.indexOf(column)]?.text ?? ''

/** The place of the cell of a column; of one that is not there, of the row. */
export const placeOf = ({ header, cells, text, at }: Line, column: Column): Position =>
  positionAt(text, cells[header.indexOf(column)]?.at ?? 0, at)

/** In which row the value of a path stands, and its path from there. */
export type RowOf = (path: Issue['path']) => readonly [Line, Issue['path']]

/**
 * The error with the place of the cell that each issue is about; of a column that is not there, of
 * the row.
 */
export const inCells =
  (rowOf: RowOf) =>
  (error: DecodeError): DecodeError => {
    if (error._tag === 'Malformed') return error
    const places = error.issues.map(issue => {
      const [line, path] = rowOf(issue.path)
      return { line, start: line.cells[columnOf(line.header, path)]?.at ?? 0 }
    })
    const found = new Map<Line, ReadonlyMap<number, Position>>()
    for (const { line } of places)
      if (!found.has(line)) {
        const starts = places.filter(place => place.line === line).map(({ start }) => start)
        found.set(line, positionsAt(line.text, starts, line.at))
      }
    return {
      ...error,
      issues: error.issues.map((issue, i) => {
        const { line, start } = places[i] as (typeof places)[number]
        return Object.assign({}, issue, { position: found.get(line)?.get(start) })
      }),
    }
  }
