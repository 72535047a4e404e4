import { type DecodeError, malformed } from '@finetune-kit/codec'
import type { ReadResult, Reject } from '../Format.ts'
import { toReadResult } from '../toReadResult.ts'
import * as E from '#fp-ts/Either'
import type { Column } from './columns.ts'
import type { Entry, RowQueue } from './RowQueue.ts'
import { childRowReader } from './childRowReader.ts'
import type { ChildRows, Want } from './ParentBlock.ts'
import { tableErrors } from './tableErrors.ts'
import type { Child, Layout } from './layout.ts'
import { unflatten } from './flatten.ts'
import { rowLimit, type RowLimits } from './rowLimit.ts'
import { inCells, type Line, name, rejectOf, type RowOf, textIn, valuesOf } from './TableReader.ts'

interface Limits extends RowLimits {
  readonly maxRecordBytes: number
  readonly maxRecords: number
}

/**
 * Joins the rows of the main table with those of the child tables. Where it needs a row that has
 * not come, it yields the number of that table, and looks again when it is resumed; so the order in
 * which the tables come makes no difference.
 */
export function* join<A>(
  { identity, children }: Layout,
  queues: ReadonlyArray<RowQueue>,
  limits: Limits,
  check: (value: unknown) => E.Either<DecodeError, A>,
): Generator<Want | ReadResult<A>, undefined> {
  const admit = toReadResult<A>(name, limits.maxRecords)
  const main = queues[0] as RowQueue
  const decode = decodeRecord(children, limits.maxDepth, check)
  const strays: Array<Reject> = []
  const parents = new Set(children.map(({ parent }) => parent))

  function* at(table: number, ahead: number): Generator<Want, Entry | undefined> {
    const queue = queues[table] as RowQueue
    while (queue.at(ahead) === undefined && !queue.hasEnded()) yield table
    return queue.at(ahead)
  }
  const idOf = (line: Line, number: number): string =>
    identity === undefined ? String(number) : textIn(line, identity)
  const draw = (id: string): string => (identity === undefined ? `record ${id}` : JSON.stringify(id))
  const readers = children.map((child, i) =>
    childRowReader({
      child,
      errors: tableErrors(child, draw, (queues[i + 1] as RowQueue).headerError),
      idOf,
      parent: ahead => at(0, ahead),
      row: ahead => at(i + 1, ahead),
      drop: (queues[i + 1] as RowQueue).drop,
      report: stray => void strays.push(stray),
    }),
  )

  function* whole({ line, row, number }: Entry): Generator<Want, E.Either<DecodeError, A>> {
    if (E.isLeft(line)) {
      for (const reader of readers) reader.lose()
      return line
    }
    const id = idOf(line.right, number)
    const found: Array<ChildRows> = []
    let size = row.size
    for (const reader of readers) {
      const rows = yield* reader.take(line.right, id, limits.maxRecordBytes - size)
      found.push(rows)
      size += rows.size
    }
    const error =
      size > limits.maxRecordBytes
        ? malformed(name, `a record longer than ${limits.maxRecordBytes} bytes, with its rows`, row.at)
        : (found.find(rows => rows.error)?.error ??
          rowLimit([line.right, ...found.flatMap(({ lines }) => lines)], limits, parents))
    return error === undefined ? decode(line.right, found) : E.left(error)
  }

  for (let entry = yield* at(0, 0); entry !== undefined; entry = yield* at(0, 0)) {
    main.drop()
    const { row } = entry
    const result = yield* whole(entry)
    yield* strays.splice(0)
    const item = admit(
      row.at,
      () => row.bytes,
      () => result,
    )
    yield item._tag === 'Reject' ? rejectOf(item, row, main) : item
  }
  for (const reader of readers) yield* reader.rest()
  yield* strays
  return undefined
}

/** Decodes a row of the main table with its rows of the child tables. */
const decodeRecord =
  <A>(
    children: ReadonlyArray<Child>,
    maxDepth: number,
    check: (value: unknown) => E.Either<DecodeError, A>,
  ) =>
  (line: Line, found: ReadonlyArray<ChildRows>): E.Either<DecodeError, A> => {
    const lists = children.flatMap(({ column, parent }, i) => {
      const { lines, isCounted } = found[i] as ChildRows
      return isCounted ? [{ column, parent, lines }] : []
    })
    const values = valuesOf(line, maxDepth).map((value, i) => {
      const list = lists.find(({ column }) => column === line.header[i])
      return list === undefined ? value : list.lines.map(row => itemOf(row, list.parent, maxDepth))
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

const itemOf = (line: Line, parent: Column, maxDepth: number): unknown =>
  unflatten(
    line.header,
    valuesOf(line, maxDepth).map((value, i) => (line.header[i] === parent ? undefined : value)),
  )
