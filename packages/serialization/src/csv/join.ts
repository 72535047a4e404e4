import { type DecodeError, malformed } from '@finetune-kit/codec'
import type { ReadResult } from '../Format.ts'
import { toReadResult } from '../toReadResult.ts'
import * as E from '#fp-ts/Either'
import { isSame } from './cell.ts'
import type { Column } from './columns.ts'
import { readCount } from './rowCount.ts'
import type { Entry, RowQueue } from './RowQueue.ts'
import { type Found, childRowReader, type Want } from './ChildRowReader.ts'
import { type PendingRecords, pendingRecords } from './PendingRecords.ts'
import type { Child, Layout } from './layout.ts'
import { unflatten } from './flatten.ts'
import { inCells, type Line, name, type RowOf, textIn, valuesOf } from './TableReader.ts'

interface Limits {
  readonly maxRecordBytes: number
  readonly maxDepth: number
  readonly maxRecords: number
}

/** How many rows of the main table are looked at to tell a row that is missing from one that is too many. */
const maxAhead = 16

/** How many bytes of records are kept back until it is known that their rows are their own. */
const maxHeld = 1024 * 1024

/**
 * The records of the main table with their rows of the others. Where it needs a row that has not come, it gives the number of
 * that table, and looks again when it is asked for more; so it does not matter in which pieces the tables come.
 */
export function* join<A>(
  { identity, children }: Layout,
  feeds: ReadonlyArray<RowQueue>,
  limits: Limits,
  check: (value: unknown) => E.Either<DecodeError, A>,
): Generator<Want | ReadResult<A>, undefined> {
  const admit = toReadResult<A>(name, limits.maxRecords)
  const main = feeds[0] as RowQueue

  function* at(table: number, ahead: number): Generator<Want, Entry | undefined> {
    const feed = feeds[table] as RowQueue
    while (feed.at(ahead) === undefined && !feed.hasEnded()) yield table
    return feed.at(ahead)
  }
  const called = (line: Line, number: number): string =>
    identity === undefined ? String(number) : textIn(line, identity)
  function* isAhead(id: string, { column, parent }: Child): Generator<Want, boolean> {
    for (let i = 0; i < maxAhead; i++) {
      const entry = yield* at(0, i)
      if (entry === undefined) return false
      if (E.isLeft(entry.line)) continue
      const line = entry.line.right
      if (readCount(textIn(line, column))?.rows !== 0 && isSame(called(line, entry.number), id, parent.kind))
        return true
    }
    return false
  }
  const held = pendingRecords<A>(children.length, Math.min(maxHeld, limits.maxRecordBytes))
  const parts = children.map((child, i) =>
    childRowReader({
      child,
      draw: id => (identity === undefined ? `record ${id}` : JSON.stringify(id)),
      drop: (feeds[i + 1] as RowQueue).drop,
      next: () => at(i + 1, 0),
      isAhead: id => isAhead(id, child),
      settle: why => held.settle(i, why),
      report: stray => held.add({ item: () => stray, size: stray.raw.length, unless: [] }),
    }),
  )

  const record = (line: Line, found: ReadonlyArray<Found>): E.Either<DecodeError, A> => {
    const lists = children.flatMap(({ column, parent }, i) => {
      const { lines, isCounted } = found[i] as Found
      return isCounted ? [{ column, parent, lines }] : []
    })
    const values = valuesOf(line, limits.maxDepth).map((value, i) => {
      const list = lists.find(({ column }) => column === line.header[i])
      return list === undefined ? value : list.lines.map(row => itemOf(row, list.parent, limits.maxDepth))
    })
    const rowOf: RowOf = path => {
      for (const { column, lines } of lists) {
        const { length } = column.path
        const row = lines[path[length] as number]
        if (row !== undefined && column.path.every((key, i) => key === path[i]))
          return [row, path.slice(length + 1)]
      }
      return [line, path]
    }
    return E.mapLeft(inCells(rowOf))(check(unflatten(line.header, values)))
  }

  function* whole({ line, row, number }: Entry): Generator<Want, Whole<A>> {
    if (E.isLeft(line)) {
      for (const part of parts) part.lose()
      return { result: line, size: row.size, unless: [] }
    }
    const id = called(line.right, number)
    const found: Array<Found> = []
    let size = row.size
    for (const part of parts) {
      const one = yield* part.take(line.right, id, limits.maxRecordBytes - size)
      found.push(one)
      size += one.size
    }
    const trouble =
      size > limits.maxRecordBytes
        ? malformed(name, `a record longer than ${limits.maxRecordBytes} bytes, with its rows`, row.at)
        : found.find(one => one.trouble)?.trouble
    const result = trouble === undefined ? record(line.right, found) : E.left(trouble)
    return {
      result,
      size: E.isLeft(result) ? row.size : size,
      unless: E.isLeft(result)
        ? []
        : found.flatMap(({ unless }, i) => (unless ? [[i, unless] as const] : [])),
    }
  }

  for (let entry = yield* at(0, 0); entry !== undefined; entry = yield* at(0, 0)) {
    main.drop()
    const { row } = entry
    const { result, ...rest } = yield* whole(entry)
    held.add({
      ...rest,
      item: error => {
        const item = admit(
          row.at,
          () => row.bytes,
          () => (error === undefined ? result : E.left(error)),
        )
        return row.open && item._tag === 'Reject' ? { ...item, isFinal: true } : item
      },
    })
    yield* held.ready()
  }
  for (const part of parts) yield* part.rest()
  yield* held.ready()
  return undefined
}

interface Whole<A> extends Pick<PendingRecords<A>, 'size' | 'unless'> {
  readonly result: E.Either<DecodeError, A>
}

const itemOf = (line: Line, parent: Column, maxDepth: number): unknown =>
  unflatten(
    line.header,
    valuesOf(line, maxDepth).map((value, i) => (line.header[i] === parent ? undefined : value)),
  )
