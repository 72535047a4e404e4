import { type DecodeError, invalid, malformed, type Position } from '@finetune-kit/codec'
import type { Reject } from '../Format.ts'
import * as E from '#fp-ts/Either'
import { isSame } from './cell.ts'
import { readCount } from './count.ts'
import type { Entry } from './feed.ts'
import type { Child } from './layout.ts'
import { type Line, name, placeOf, textIn } from './sheet.ts'

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
}

interface Way {
  readonly child: Child
  /** What a record is called, for people. */
  readonly draw: (id: string) => string
  readonly next: () => Generator<Want, Entry | undefined>
  readonly drop: () => void
  /** Whether one of the next records is called so, and has rows in this table. */
  readonly isAhead: (id: string) => Generator<Want, boolean>
}

/** Some rows that come next may be those of a rejected record: of one of this name, or of any. */
interface Doubt {
  readonly id: string | undefined
  readonly why: string
}

/** How many records that were short of rows are remembered, for rows of theirs that come late. */
const maxShort = 16

/**
 * Deals the rows of a child table out to the records, which take theirs in order: as many as they count, and each one must name
 * its record. Where that fails, the record is rejected, and the names tell where the rows of the next one begin. Between records
 * of one name that follow each other only the counts tell: behind a damaged row of theirs, these are rejected up to the next name.
 */
export const partOf = ({ child, draw, next, drop, isAhead }: Way) => {
  const { column, parent } = child
  const table = `the table ${JSON.stringify(child.name)}`
  let doubt: Doubt | undefined
  let short: ReadonlyArray<string> = []

  const same = (a: string, b: string): boolean => isSame(a, b, parent.kind)
  const parentOf = ({ line }: Entry): string | undefined =>
    E.isLeft(line) ? undefined : textIn(line.right, parent)
  const complaint = (reason: string, position: Position): DecodeError =>
    invalid([{ path: column.path, expected: '', actual: undefined, message: reason, position }])

  const stray = ({ row, line }: Entry): Reject => ({
    _tag: 'Reject',
    table: child.name,
    offset: row.at.offset,
    line: row.at.line,
    raw: row.bytes,
    records: 0,
    error: E.isLeft(line)
      ? line.left
      : malformed(
          name,
          `no record at this place counts a row of ${draw(textIn(line.right, parent))}: take the row out, move it to its place, or correct its ${parent.name}`,
          placeOf(line.right, parent),
        ),
  })

  function* take(record: Line, id: string, room: number): Generator<Want | Reject, Found> {
    const count = readCount(textIn(record, column))
    if (count === undefined) {
      doubt = { id, why: 'the one above does not say how many are its own' }
      return { lines: [], isCounted: false, size: 0 }
    }
    const { rows: wanted, isCounted } = count
    const before = doubt
    const refused = (reason: string): Found => ({
      lines: [],
      isCounted,
      size: 0,
      trouble: complaint(reason, placeOf(record, column)),
    })
    const doubtful = (why: string): Found =>
      refused(
        `which rows of ${table} are those of ${draw(id)} here cannot be told, because ${why}: repair that first`,
      )
    if (wanted > 0 && before?.id !== undefined && same(before.id, id)) return doubtful(before.why)

    const lines: Array<Line> = []
    let size = 0
    let damage: { readonly error: DecodeError; readonly line: number } | undefined
    for (let taken = 0; taken < wanted; ) {
      const entry = yield* next()
      const whose = entry && parentOf(entry)
      if (entry !== undefined && (whose === undefined || same(whose, id))) {
        drop()
        taken++
        size += entry.row.size
        if (E.isLeft(entry.line)) damage ??= { error: entry.line.left, line: entry.row.at.line }
        else if (size <= room) lines.push(entry.line.right)
        continue
      }
      if (entry !== undefined && whose !== undefined) {
        const isLeft =
          taken === 0 && before !== undefined && (before.id === undefined || same(before.id, whose))
        const isLate = short.some(one => same(one, whose))
        if (isLeft || isLate || !(yield* isAhead(whose))) {
          drop()
          if (!isLeft) yield stray(entry)
          continue
        }
      }
      if (damage !== undefined) break
      doubt = undefined
      short = [...short, id].slice(-maxShort)
      const then =
        entry === undefined
          ? 'and ends there'
          : `and then one of ${draw(whose ?? '')} in line ${entry.row.at.line}`
      return refused(
        `${table} has ${taken} of the ${wanted} rows of ${draw(id)} that are counted here, ${then}: put the missing ones there, or correct the number`,
      )
    }
    if (damage !== undefined) {
      doubt = { id, why: `line ${damage.line} of it is damaged` }
      return { lines: [], isCounted, size: 0, trouble: damage.error }
    }
    if (wanted === 0 && before !== undefined) return { lines, isCounted, size }
    doubt = undefined
    const more = yield* next()
    const whose = more && parentOf(more)
    if (more !== undefined && whose !== undefined && same(whose, id)) {
      const isLost = before !== undefined && before.id === undefined
      if (isLost || !(yield* isAhead(id))) {
        doubt = { id, why: 'the one above has more rows than it counts' }
        return isLost
          ? doubtful(before.why)
          : refused(
              `${table} has more rows of ${draw(id)} than are counted here: take out the one in line ${more.row.at.line}, or correct the number`,
            )
      }
    }
    return { lines, isCounted, size }
  }

  return {
    take,
    /** A record cannot be read at all: the rows that come next may be its own. */
    lose: (): void => {
      doubt = { id: undefined, why: 'a row above in the main table is damaged' }
    },
    /** The rows that are left when there are no more records. */
    *rest(): Generator<Want | Reject> {
      for (let entry = yield* next(); entry !== undefined; entry = yield* next()) {
        drop()
        const whose = parentOf(entry)
        const isLeft =
          doubt !== undefined && (doubt.id === undefined || whose === undefined || same(doubt.id, whose))
        if (!isLeft) yield stray(entry)
      }
    },
  }
}
