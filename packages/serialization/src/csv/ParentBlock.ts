import type { DecodeError } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { isSame } from './cell.ts'
import type { Child } from './layout.ts'
import { readCount } from './rowCount.ts'
import type { Entry } from './RowQueue.ts'
import { type Line, textIn } from './TableReader.ts'
import type { TableErrors } from './tableErrors.ts'

/** The number of the table whose next row is needed. */
export type Want = number

/** The rows of one record in a child table, or the reason why it is rejected. */
export interface ChildRows {
  readonly lines: ReadonlyArray<Line>
  /** True if the record counts its rows. Otherwise its list stands in its cell. */
  readonly isCounted: boolean
  /** In bytes. */
  readonly size: number
  readonly error?: DecodeError
}

/**
 * Parents of one id that follow each other, not counting those without rows. Only counts can tell
 * their rows apart, so they are accepted or rejected together.
 */
export interface ParentBlock {
  readonly id: string
  /** The row count of each parent that has not taken its rows yet. */
  readonly counts: Array<number>
  readonly error?: (record: Line) => DecodeError
  /** True if more rows of the id follow than are counted. */
  readonly hasExtra?: boolean
}

export interface BlockReader {
  readonly child: Child
  readonly errors: TableErrors
  /** The row of the main table so many after the current one. */
  readonly parent: (ahead: number) => Generator<Want, Entry | undefined>
  /** The row of the child table so many after the next one. */
  readonly row: (ahead: number) => Generator<Want, Entry | undefined>
  readonly idOf: (line: Line, number: number) => string
}

/** A block ends when its rows have so many bytes: they are all in memory until they are counted. */
const maxBlockBytes = 1024 * 1024

/** The most bytes of the main table that are read ahead for another parent of the same id. */
const maxAheadBytes = 1024 * 1024

/** Reads ahead, until it is known whether the rows of a block add up. */
export function* readBlock(
  { child, errors, parent, row, idOf }: BlockReader,
  [id, first]: readonly [id: string, count: number],
  maxBytes: number,
): Generator<Want, ParentBlock> {
  const isId = (other: string): boolean => isSame(other, id, child.parent.kind)
  let ahead = 0
  let aheadBytes = 0
  function* nextCount(): Generator<Want, number | undefined> {
    while (aheadBytes <= maxAheadBytes) {
      const entry = yield* parent(ahead++)
      if (entry === undefined || E.isLeft(entry.line)) return undefined
      aheadBytes += entry.row.size
      const count = readCount(textIn(entry.line.right, child.column))?.rows
      if (count !== 0) return isId(idOf(entry.line.right, entry.number)) ? count : undefined
    }
    return undefined
  }

  const counts = [first]
  let total = first
  let taken = 0
  let size = 0
  for (;;) {
    const isFirst = counts.length === 1
    for (; taken < total; taken++) {
      const entry = yield* row(taken)
      if (entry === undefined || (E.isRight(entry.line) && !isId(textIn(entry.line.right, child.parent)))) {
        const rows = [taken, total] as const
        return { id, counts, error: record => errors.missing(record, id, rows, entry) }
      }
      size += entry.row.size
      if (size <= maxBytes) continue
      // too long for one record: the reader rejects it, and here begins another block
      if (!isFirst) counts.pop()
      return { id, counts }
    }
    if (size > maxBlockBytes) return { id, counts }
    const count = yield* nextCount()
    if (count === undefined) break
    counts.push(count)
    total += count
  }
  const entry = yield* row(taken)
  if (entry === undefined || E.isLeft(entry.line) || !isId(textIn(entry.line.right, child.parent)))
    return { id, counts }
  const { line } = entry.row.at
  return { id, counts, error: record => errors.extra(record, id, line), hasExtra: true }
}
