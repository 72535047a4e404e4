import type { Position } from '@finetune-kit/codec'
import { recordBuffer } from '../bytes/RecordBuffer.ts'
import type { Found } from '../bytes/readText.ts'
import * as E from '#fp-ts/Either'
import { tooManyValues } from '../json/walkJson.ts'
import { problems } from './problems.ts'

/**
 * One row of a table, without its line end. A row whose last quote is never closed is all the rest
 * of the input.
 */
export interface Row extends Found {
  readonly open: boolean
}

/**
 * Cuts the bytes of a table, which come in chunks of any size, into its rows (RFC 4180; also LF and
 * CR as line ends). Our own, because csv-parse reads incrementally only as a Node stream and later
 * than it was given the bytes; it is the oracle in the tests. A quote opens a cell only at its
 * beginning: a stray one does not swallow the rows that follow. `table` is said in their places.
 *
 * @param separator - that of the cells, which the first row may tell
 */
export const rows = (max: number, table?: string, separator: () => string = () => ',') => {
  const kept = recordBuffer(max)
  let state: State = 'cell'
  let before = 0 // the bytes of the chunks before this one
  let line = 1
  const named = table === undefined ? {} : { table }
  let at: Position = { offset: 0, line, column: 1, ...named }
  let afterCR = false

  const finish = (): Row => {
    const row = { ...kept.take(), at, open: state === 'quoted' }
    state = 'cell'
    return row
  }

  function* push(bytes: Uint8Array): Generator<Row> {
    let from = 0
    let comma = separator().charCodeAt(0)
    for (let i = 0; i < bytes.length; i++) {
      const inside = insideOf(bytes, i, state, comma)
      if (inside > 0) afterCR = false
      i += inside
      if (i === bytes.length) break
      const c = bytes[i] as number
      const lineEnd = c === 0x0a || c === 0x0d
      const secondHalf = c === 0x0a && afterCR
      const rowEnd = lineEnd && state !== 'quoted'
      if (rowEnd && !secondHalf) {
        kept.add(bytes.subarray(from, i))
        yield finish()
        comma = separator().charCodeAt(0)
      }
      if (lineEnd && !secondHalf) line++
      afterCR = c === 0x0d
      if (rowEnd) {
        from = i + 1
        at = { offset: before + from, line, column: 1, ...named }
      } else if (state === 'quoted') state = c === 0x22 ? 'quote' : 'quoted'
      else if (c === comma) state = 'cell'
      else if (c === 0x22 && state !== 'plain') state = 'quoted'
      else if (c !== mark[before + i]) state = 'plain'
    }
    kept.add(bytes.subarray(from))
    before += bytes.length
  }

  function* end(): Generator<Row> {
    const row = finish()
    if (row.size > 0) yield row
  }

  return { push, end }
}

type State = 'cell' | 'plain' | 'quoted' | 'quote'

/** The number of bytes from here on that are inside a cell, whatever they are. */
const insideOf = (bytes: Uint8Array, from: number, state: State, comma: number): number => {
  if (state !== 'quoted' && state !== 'plain') return 0
  const end = state === 'quoted' ? 0x22 : comma
  let at = from
  for (; at < bytes.length; at++) {
    const c = bytes[at] as number
    if (c === end || c === 0x0a || c === 0x0d) break
  }
  return at - from
}

/** A byte order mark does not keep the first cell from being quoted. */
const mark = [0xef, 0xbb, 0xbf]

/**
 * The cells of a row and where each of them begins, or what is wrong: a quote that is never closed
 * or should not stand there, or more cells than a record may have values.
 */
export const cellsOf = (
  row: string,
  maxCells: number,
  separator = ',',
): E.Either<CellFlaw, ReadonlyArray<Cell>> => {
  const cells: Array<Cell> = []
  for (let at = 0; ; at++) {
    const start = at
    if (cells.length === maxCells) return E.left({ at, reason: tooManyValues(maxCells) })
    if (row[at] === '"') {
      at = closingQuote(row, start)
      if (at === -1) return E.left({ at: start, reason: problems.openQuote })
      cells.push({ text: row.slice(start + 1, at).replaceAll('""', '"'), at: start })
      at++
      if (at < row.length && row[at] !== separator) return E.left({ at, reason: problems.innerQuote })
    } else {
      const comma = row.indexOf(separator, at)
      at = comma === -1 ? row.length : comma
      const text = row.slice(start, at)
      if (text.includes('"')) return E.left({ at: start + text.indexOf('"'), reason: problems.innerQuote })
      cells.push({ text, at: start })
    }
    if (at >= row.length) return E.right(cells)
  }
}

interface CellFlaw {
  readonly at: number
  readonly reason: string
}

export interface Cell {
  readonly text: string
  readonly at: number
}

const closingQuote = (row: string, open: number): number => {
  for (let at = row.indexOf('"', open + 1); ; at = row.indexOf('"', at + 2))
    if (at === -1 || row[at + 1] !== '"') return at
}

/**
 * The row as text, a cell quoted where RFC 4180 asks for it, or where some reader would see a
 * delimiter or drop a space.
 */
export const rowOf = (cells: ReadonlyArray<string>): string =>
  `${cells.map(cell => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`

/** The text of a table: its header goes before its first row, or stands alone. */
export const printer = (names: ReadonlyArray<string>) => {
  let head = rowOf(names)
  const end = (): string => {
    const rest = head
    head = ''
    return rest
  }
  return {
    push: (all: ReadonlyArray<ReadonlyArray<string>>): string =>
      all.length === 0 ? '' : end() + all.map(rowOf).join(''),
    end,
  }
}
