import { type EncodeError, unencodable } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { isObject, put as putOwn } from '@finetune-kit/codec/compile'
import { type Kind, writeCell } from './cell.ts'
import type { Column } from './columns.ts'

type Fields = Record<string, unknown>

/**
 * The record that has these values in these columns; `undefined` is an absent key. The inverse of
 * {@link flatten}.
 */
export const unflatten = (columns: ReadonlyArray<Column>, values: ReadonlyArray<unknown>): unknown => {
  const root: Fields = {}
  for (const [i, { path, known }] of columns.entries()) {
    const value = values[i]
    if (path.length === 0 && known === undefined) return value
    const parent = path.slice(0, known === undefined ? -1 : undefined).reduce(inside, root)
    if (known === undefined) put(parent, path.at(-1) as string, value)
    else if (isObject(value)) for (const [key, inner] of Object.entries(value)) put(parent, key, inner)
    else put(parent, '*', value)
  }
  return root
}

/** The object under a key, made if it is not there yet. */
const inside = (parent: Fields, key: string): Fields => {
  if (!Object.hasOwn(parent, key)) put(parent, key, {})
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
    const { path, kind, known } = column
    let value = record
    for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
    const cell = known === undefined ? write(value, column) : rest(value, known, kind, columns.length)
    if (E.isLeft(cell)) return E.left(unencodable([...path, ...cell.left.path], cell.left.reason))
    cells.push(cell.right)
  }
  return E.right(cells)
}

/**
 * The keys that have no columns; an empty object only where the row would otherwise be an empty
 * line.
 */
const rest = (
  value: unknown,
  known: ReadonlyArray<string>,
  kind: Kind,
  width: number,
): E.Either<EncodeError, string> => {
  if (!isObject(value)) return E.left(unencodable([], 'expected an object, whose fields are columns'))
  const others = Object.entries(value).filter(([key, inner]) => !known.includes(key) && inner !== undefined)
  return others.length === 0 && width > 1 ? E.right('') : writeCell(Object.fromEntries(others), kind)
}
