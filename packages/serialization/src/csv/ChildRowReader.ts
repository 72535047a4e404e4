import type { DecodeError } from '@finetune-kit/codec'
import type { Reject } from '../Format.ts'
import * as E from '#fp-ts/Either'
import { isSame } from './cell.ts'
import { causes, tableErrors } from './tableErrors.ts'
import { readCount } from './rowCount.ts'
import type { Entry } from './RowQueue.ts'
import type { Child } from './layout.ts'
import { type Line, textIn } from './TableReader.ts'

/** The number of the table that a row is wanted of. */
export type Want = number

/** The rows that a record has in a child table, or why they cannot be told. */
export interface Found {
  readonly lines: ReadonlyArray<Line>
  /** The record counts its rows; otherwise its list stands in its cell, if it has one. */
  readonly isCounted: boolean
  /** Of the rows, in bytes. */
  readonly size: number
  readonly trouble?: DecodeError
  /**
   * Records of this name may follow whose rows only the counts tell from its own: until they are seen to add up, the record
   * waits, and this is what is wrong with it if they do not.
   */
  readonly unless?: (cause: string) => DecodeError
}

interface Way {
  readonly child: Child
  /** What a record is called, for people. */
  readonly draw: (id: string) => string
  readonly next: () => Generator<Want, Entry | undefined>
  readonly drop: () => void
  /** Whether one of the next records is called so, and has rows in this table. */
  readonly isAhead: (id: string) => Generator<Want, boolean>
  /** The records that wait for this table are right, or why they are not. Gives whether there are any. */
  readonly settle: (cause?: string) => boolean
  readonly report: (stray: Reject) => void
}

type Names = ReadonlyArray<string> | 'any'

/** How many records that were short of rows are remembered, for rows of theirs that come late. */
const maxShort = 16

/**
 * Deals the rows of a child table out to the records, which take theirs in order: as many as they count, and each one must name
 * its record. Where that fails, the record is rejected, and the names tell where the rows of the next one begin. Where the rows of
 * several records of one name follow each other, only the counts tell: when these do not add up, all of them are
 * rejected; when a row is damaged, those below it.
 */
export const childRowReader = ({ child, draw, next, drop, isAhead, settle, report }: Way) => {
  const { column, parent } = child
  const complaints = tableErrors(child, draw)
  /** Some rows that come next may be those of a rejected record: of one of these names, or of any. */
  let doubt: { readonly of: Names; readonly cause: string } | undefined
  let open: string | undefined // the name whose records wait
  let short: ReadonlyArray<string> = []

  const same = (a: string | undefined, b: string): boolean => a !== undefined && isSame(a, b, parent.kind)
  const nameIn = (entry: Entry | undefined): string | undefined =>
    entry === undefined || E.isLeft(entry.line) ? undefined : textIn(entry.line.right, parent)
  const isOf = (names: Names | undefined, id: string): boolean =>
    names !== undefined && (names === 'any' || names.some(one => same(one, id)))
  const close = (cause?: string): boolean => {
    open = undefined
    return settle(cause)
  }

  /** Another record wants rows, or none does: those of the open name must have ended. */
  function* finish(id: string, other?: string): Generator<Want, 'ended' | 'left' | 'unclear'> {
    const entry = yield* next()
    if (entry === undefined || !same(nameIn(entry), id)) {
      close()
      return 'ended'
    }
    if (other === undefined || !(yield* isAhead(id)))
      return close(causes.tooMany(entry.row.at.line)) ? 'left' : 'ended'
    // it may be one too many, or the first of a record that follows, when those of the other one are missing
    const cause = causes.unclear(entry.row.at.line)
    close(cause)
    doubt = { of: [id, other], cause }
    return 'unclear'
  }

  function* take(record: Line, id: string, room: number): Generator<Want, Found> {
    const count = readCount(textIn(record, column))
    if (count === undefined) {
      if (same(open, id)) close()
      doubt = { of: [id], cause: causes.unknown }
      return { lines: [], isCounted: false, size: 0 }
    }
    const { rows: wanted, isCounted } = count
    const lines: Array<Line> = []
    let size = 0
    const untold = (cause: string) => complaints.untold(record, id, cause)
    const refused = (trouble: DecodeError): Found => ({ lines: [], isCounted, size: 0, trouble })
    const missing = (taken: number, then: Entry | undefined): Found => {
      short = [...short, id].slice(-maxShort)
      return refused(complaints.missing(record, id, [taken, wanted], then))
    }
    if (wanted === 0) {
      // a row of its name may be one too many, if no record that follows counts it
      const isWaiting =
        doubt === undefined && (open === undefined || same(open, id)) && same(nameIn(yield* next()), id)
      if (isWaiting) open = id
      return { lines, isCounted, size, ...(isWaiting && { unless: untold }) }
    }
    if (doubt !== undefined && doubt.of !== 'any' && isOf(doubt.of, id)) return refused(untold(doubt.cause))

    const before = open
    const ending = before === undefined || same(before, id) ? 'ended' : yield* finish(before, id)
    if (ending === 'unclear') return missing(0, yield* next())
    let left = ending === 'left' && before !== undefined ? [before] : doubt?.of // of rejected records
    let damage: { readonly error: DecodeError; readonly line: number } | undefined
    for (let taken = 0; taken < wanted; ) {
      const entry = yield* next()
      const whose = nameIn(entry)
      if (entry !== undefined && (whose === undefined || same(whose, id))) {
        drop()
        left = undefined
        taken++
        size += entry.row.size
        if (E.isLeft(entry.line)) damage ??= { error: entry.line.left, line: entry.row.at.line }
        else if (size <= room) lines.push(entry.line.right)
        continue
      }
      if (entry !== undefined && whose !== undefined) {
        const isLeft = isOf(left, whose)
        if (isLeft || isOf(short, whose) || !(yield* isAhead(whose))) {
          drop()
          if (!isLeft) report(complaints.stray(entry))
          continue
        }
      }
      if (damage !== undefined) break
      doubt = undefined
      close(causes.tooFew(entry?.row.at.line))
      return missing(taken, entry)
    }
    if (damage !== undefined) {
      close()
      doubt = { of: [id], cause: causes.damaged(damage.line) }
      return refused(damage.error)
    }
    doubt = undefined
    open = id
    return { lines, isCounted, size, unless: untold }
  }

  return {
    take,
    /** A record cannot be read at all: the rows that come next may be its own. */
    lose: (): void => {
      close()
      doubt = { of: 'any', cause: '' }
    },
    /** The rows that are left when there are no more records. */
    *rest(): Generator<Want> {
      const before = open
      const isOver = before !== undefined && (yield* finish(before)) === 'left'
      const left = isOver ? [before] : doubt?.of
      for (let entry = yield* next(); entry !== undefined; entry = yield* next()) {
        drop()
        const whose = nameIn(entry)
        if (whose === undefined ? left === undefined : !isOf(left, whose)) report(complaints.stray(entry))
      }
    },
  }
}
