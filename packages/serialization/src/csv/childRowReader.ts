import type { DecodeError } from '@finetune-kit/codec'
import type { Reject } from '../Format.ts'
import * as E from '#fp-ts/Either'
import { isSame } from './cell.ts'
import { type Doubt, doubtAbout } from './Doubt.ts'
import { type BlockReader, type ChildRows, type ParentBlock, readBlock, type Want } from './ParentBlock.ts'
import { readCount } from './rowCount.ts'
import type { Entry } from './RowQueue.ts'
import { type Line, textIn } from './TableReader.ts'

interface Source extends BlockReader {
  readonly drop: () => void
  /** Reports a row of no record. */
  readonly report: (stray: Reject) => void
}

/**
 * Rows of the main table that are searched for the id of a row, to tell a stray row from a missing
 * one.
 */
const maxAhead = 16

/**
 * Reads the rows of a child table strictly: those of a parent are contiguous, in the order of the
 * parents, and as many as it counts. The first mismatch rejects the parent, and reading resumes at
 * the next id that a parent has.
 */
export const childRowReader = (source: Source) => {
  const { child, errors, row, drop, report } = source
  let block: ParentBlock | undefined
  /**
   * The id of a rejected parent, or `any` after one without an id: its rows are dropped without a
   * report.
   */
  let rejected: { readonly id: string } | 'any' | undefined
  /** The number of parents above that cannot be read: each may have one run of rows. */
  let lost = 0
  let doubt: Doubt | undefined

  const idIn = ({ line }: Entry): string | undefined =>
    E.isLeft(line) ? undefined : textIn(line.right, child.parent)
  const isId = (a: string, b: string): boolean => isSame(a, b, child.parent.kind)
  const isRejected = (id: string | undefined): boolean =>
    rejected === 'any' ||
    (rejected !== undefined && (id === undefined || isId(id, rejected.id))) ||
    (doubt !== undefined && (id === undefined || doubt.has(id)))

  const dropStray = (entry: Entry): void => {
    drop()
    if (!isRejected(idIn(entry))) report(errors.stray(entry))
  }

  /** Drops the rows before those of this id, up to a row that a later parent needs. */
  function* skipTo(id: string): Generator<Want> {
    let lostId: string | undefined
    for (let entry = yield* row(0); entry !== undefined; entry = yield* row(0)) {
      const found = idIn(entry)
      if (found === undefined ? rejected === undefined : isId(found, id)) return
      const isOver = rejected !== 'any' && isRejected(found)
      if (found !== undefined && found !== lostId && !isOver && (yield* isExpected(source, found))) {
        if (lost === 0) return
        lost--
        lostId = found
      }
      dropStray(entry)
    }
  }

  function* take(record: Line, id: string, room: number): Generator<Want, ChildRows> {
    const count = readCount(textIn(record, child.column))
    if (count === undefined) {
      rejected = { id }
      block = undefined
    }
    if (count === undefined || count.rows === 0)
      return { lines: [], isCounted: count?.isCounted === true, size: 0 }
    const { rows } = count
    const isInBlock = block !== undefined && block.counts.length > 0 && isId(block.id, id)
    if (doubt?.refuses(id, isInBlock) === true) return refuse(errors.uncounted(record, id))
    if (block === undefined || !isInBlock) {
      if (rejected !== undefined && rejected !== 'any' && isId(rejected.id, id))
        return refuse(errors.uncounted(record, id))
      yield* skipTo(id)
      block = yield* readBlock(source, [id, rows], room)
      rejected = block.error === undefined ? undefined : { id }
      lost = 0
      const { length } = block.counts
      const isShared = block.hasExtra === true && (yield* isExpected(source, id, length - 1))
      doubt = isShared ? doubtAbout(id, length, isId) : undefined
    }
    block.counts.shift()
    if (block.error !== undefined) return refuse(block.error(record))
    const lines: Array<Line> = []
    let size = 0
    let error: DecodeError | undefined
    for (let taken = 0; taken < rows; taken++) {
      const entry = yield* row(0)
      // the rows that were not read ahead, because the record is too long
      if (entry === undefined || (E.isRight(entry.line) && !isId(idIn(entry) as string, id))) {
        error ??= errors.missing(record, id, [taken, rows], entry)
        break
      }
      drop()
      size += entry.row.size
      if (E.isLeft(entry.line)) error ??= entry.line.left
      else if (size <= room) lines.push(entry.line.right)
    }
    if (error === undefined) return { lines, isCounted: true, size }
    rejected = { id }
    return refuse(error)
  }

  return {
    take,
    /** Notes that a parent cannot be read: the next rows may be its own. */
    lose: (): void => {
      rejected = 'any'
      lost++
      block = undefined
    },
    /** Drops the rows after the last parent. */
    *rest(): Generator<Want> {
      for (let entry = yield* row(0); entry !== undefined; entry = yield* row(0)) dropStray(entry)
    },
  }
}

/** True if one of the next parents, after `from` of this id, has this id and rows. */
function* isExpected({ child, parent, idOf }: BlockReader, id: string, from = 0): Generator<Want, boolean> {
  let skipped = 0
  for (let i = 0; i < maxAhead; i++) {
    const entry = yield* parent(i)
    if (entry === undefined) return false
    if (E.isLeft(entry.line)) continue
    const line = entry.line.right
    const hasRows = readCount(textIn(line, child.column))?.rows !== 0
    if (hasRows && isSame(idOf(line, entry.number), id, child.parent.kind) && skipped++ === from) return true
  }
  return false
}

const refuse = (error: DecodeError): ChildRows => ({ lines: [], isCounted: true, size: 0, error })
