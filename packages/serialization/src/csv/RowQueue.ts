import type { Malformed } from '@finetune-kit/codec'
import type * as E from '#fp-ts/Either'
import { type Row, rows } from './rows.ts'
import type { Line, TableReader } from './TableReader.ts'

/** A row of a record, which is the so-many-th of its table, from 1. */
export interface Entry {
  readonly number: number
  readonly row: Row
  readonly line: E.Either<Malformed, Line>
}

/**
 * The rows of one table that have come and are not taken yet: those of a chunk, and those that are
 * read ahead.
 */
export interface RowQueue {
  readonly push: (bytes: Uint8Array) => void
  readonly end: () => void
  readonly hasEnded: () => boolean
  /** True for an invalid header. */
  readonly isHeader: (row: Row) => boolean
  /** True for a row that is all the rest of the input. */
  readonly isFinal: (row: Row) => boolean
  /** The error of an invalid header. */
  readonly headerError: () => Malformed | undefined
  /** The row so many after the next one. */
  readonly at: (ahead: number) => Entry | undefined
  /** Takes the next row away. */
  readonly drop: () => void
}

export const rowQueue = (sheet: TableReader, max: number, table?: string): RowQueue => {
  const frame = rows(max, table, sheet.separator)
  let entries: Array<Entry> = []
  let from = 0
  let number = 0
  let ended = false
  const add = (found: Iterable<Row>): void => {
    entries = entries.slice(from)
    from = 0
    for (const row of found)
      if (!sheet.skips(row)) entries.push({ number: ++number, row, line: sheet.read(row) })
  }
  return {
    push: bytes => add(frame.push(bytes)),
    end: () => {
      if (!ended) add(frame.end())
      ended = true
    },
    hasEnded: () => ended,
    isHeader: sheet.isHeader,
    isFinal: sheet.isFinal,
    headerError: sheet.headerError,
    at: ahead => entries[from + ahead],
    drop: () => void from++,
  }
}
