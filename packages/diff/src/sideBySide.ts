import { Eq } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as Delta from './Delta.ts'
import { recordLines } from './internal/recordLines.ts'
import * as FieldPath from './FieldPath.ts'

/** One line of two records; `null` where a record has none. */
export interface Row {
  readonly label: string
  readonly left: string | null
  readonly right: string | null
}

export interface RowOptions {
  /** Keep the lines that are equal. Default: false. */
  readonly all?: boolean
}

/**
 * Derives the lines of two records, the lines of one item next to each other wherever it is in its
 * list.
 *
 * Law: without `all`, no rows exactly if the records are equal (`Eq`).
 *
 * @example
 * const Point = record('Point', { x: Integer, y: Integer })
 * sideBySide(Point)({ x: 1, y: 2 }, { x: 1, y: 3 }) // => [{ label: 'y', left: '2', right: '3' }]
 */
export const sideBySide = <A>(codec: t.Type<A, unknown>) => {
  const linesOf = recordLines(codec)
  const { diff } = Delta.of(codec)
  const { equals } = Eq.of(codec)
  const placeOf = FieldPath.of(codec)
  return (a: A, b: A, { all = false }: RowOptions = {}): ReadonlyArray<Row> => {
    const left = linesOf(a)
    const inRight = new Map(linesOf(b).map(line => [line.key, line]))
    const inLeft = new Set(left.map(line => line.key))
    const rows: Array<Row> = []
    const add = (row: Row) => {
      if (all || row.left !== row.right) rows.push(row)
    }
    // lines of the right alone stand where they stand there: after the line before them
    const waiting = [...inRight.values()]
    let next = 0
    const addNew = () => {
      for (let line = waiting[next]; line !== undefined && !inLeft.has(line.key); line = waiting[++next])
        add({ label: line.label, left: null, right: line.text })
    }
    const passed = new Set<string>()
    for (const { key, label, text } of left) {
      addNew()
      const right = inRight.get(key)
      add({ label, left: text, right: right?.text ?? null })
      passed.add(key)
      while (passed.has(waiting[next]?.key ?? '')) {
        next++
        addNew()
      }
    }
    for (; next < waiting.length; next++) addNew()
    const moves = diff(a, b).flatMap(operation => {
      if (operation.op !== 'move') return []
      const { from, path } = operation
      const slash = path.lastIndexOf('/')
      const label = placeOf(path.slice(0, slash), b).names.join(' › ')
      return [{ label, left: `item ${from.slice(slash + 1)}`, right: `item ${path.slice(slash + 1)}` }]
    })
    for (const move of moves) rows.push(move)
    if (rows.every(row => row.left === row.right) && !equals(a, b))
      rows.push({ label: 'the record', left: 'something', right: 'something that JSON cannot say' })
    return rows
  }
}
