import type { EncodeError } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { isPlainObject } from '@finetune-kit/codec/compile'
import { type Kind, writeCell } from './cell.ts'

/**
 * The row count of a list in its own table, from its cell in the main table. The grammar of
 * such cells, first match wins:
 *
 * | the cell                              | stands for                          | its rows |
 * |---------------------------------------|-------------------------------------|----------|
 * | digits, with no needless zero in front | a list of so many records           | so many  |
 * | nothing, `null`, a list of JSON       | what it stands for in every column  | none     |
 * | everything else                       | what it stands for in every column  | unknown  |
 */
export const readCount = (cell: string): RowCount | undefined => {
  if (isCount(cell)) return { rows: Number(cell), isCounted: true }
  return cell === '' || cell === 'null' || cell.startsWith('[') ? { rows: 0, isCounted: false } : undefined
}

export interface RowCount {
  readonly rows: number
  readonly isCounted: boolean
}

const isCount = (cell: string): boolean => /^(0|[1-9]\d{0,14})$/.test(cell)

/**
 * The cell for what is no list of records. A number that would be read as a count gets a fraction
 * of nothing.
 */
export const writeUncounted = (value: unknown, kind: Kind): E.Either<EncodeError, string> =>
  E.map((cell: string) => (isCount(cell) ? `${cell}.0` : cell))(writeCell(value, kind))

/** True if a value is a list whose items can be rows. */
export const isRecords = (value: unknown): value is ReadonlyArray<object> =>
  Array.isArray(value) &&
  !value.includes(undefined) && // a hole, which `every` would pass over
  value.every(isPlainObject)
