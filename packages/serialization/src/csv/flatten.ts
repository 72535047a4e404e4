import { type EncodeError, unencodable } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { isObject, put as putOwn } from '@finetune-kit/codec/compile'
import { writeCell } from './cell.ts'
import type { Column } from './columns.ts'

type Fields = Record<string, unknown>

/**
 * The record that has these values in these columns; `undefined` is an absent key. The inverse of
 * {@link flatten}.
 */
export const unflatten = (columns: ReadonlyArray<Column>, values: ReadonlyArray<unknown>): unknown => {
  const root: Fields = {}
  const nulls: Array<ReadonlyArray<string>> = []
  for (const [i, column] of columns.entries()) {
    const { path, known } = column
    const value = values[i]
    if (path.length === 0 && known === undefined) return value
    const parents = known === undefined ? path.slice(0, -1) : path
    const isNull = value === null && known !== undefined && column.sure !== undefined
    if (isNull) nulls.push(path)
    const isMissing = value === undefined || isNull
    const parent = parents.slice(0, isMissing ? column.sure : undefined).reduce(inside, root)
    if (isMissing) continue
    if (known === undefined) put(parent, path.at(-1) as string, value)
    else if (isObject(value)) for (const [key, inner] of Object.entries(value)) put(parent, key, inner)
    else put(parent, '*', value)
  }
  // last, because a record that has a field is not null
  for (const path of nulls) {
    const [parent, key] = [path.slice(0, -1).reduce(inside, root), path.at(-1) as string]
    if (Object.hasOwn(parent, key)) put(inside(parent, key), '*', null)
    else put(parent, key, null)
  }
  return root
}

/** The object under a key, made if it is not there yet. */
const inside = (parent: Fields, key: string): Fields => {
  if (!isObject(parent[key]) || !Object.hasOwn(parent, key)) put(parent, key, {})
  return parent[key] as Fields
}

const put = (object: Fields, key: string, value: unknown): void => {
  if (value !== undefined) putOwn(object, key, value)
}

/**
 * The cells of a record, one for each column, or what in it cannot be written. `write` makes the
 * cell of a field.
 */
export const flatten = (
  columns: ReadonlyArray<Column>,
  record: unknown,
  write: (value: unknown, column: Column) => E.Either<EncodeError, string> = (value, { kind }) =>
    writeCell(value, kind),
): E.Either<EncodeError, ReadonlyArray<string>> => {
  const cells: Array<string> = []
  for (const column of columns) {
    const { path, known } = column
    let value = record
    for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
    const cell = known === undefined ? write(value, column) : rest(value, column, columns.length)
    if (E.isLeft(cell)) return E.left(unencodable([...path, ...cell.left.path], cell.left.reason))
    cells.push(cell.right)
  }
  return E.right(cells)
}

/**
 * The keys that have no columns; an empty object only where the row would otherwise be an empty
 * line, or a record that may be absent has only nulls, which other programs write as nothing.
 */
const rest = (
  value: unknown,
  { known = [], kind, sure }: Column,
  width: number,
): E.Either<EncodeError, string> => {
  if (sure !== undefined && (value === undefined || value === null)) return writeCell(value, kind)
  if (!isObject(value)) return E.left(unencodable([], 'expected an object, whose fields are columns'))
  const keys = Object.entries(value).filter(([, inner]) => inner !== undefined)
  const others = keys.filter(([key]) => !known.includes(key))
  const isTold = sure === undefined ? width > 1 : keys.some(([, inner]) => inner !== null)
  return others.length === 0 && isTold ? E.right('') : writeCell(Object.fromEntries(others), kind)
}
