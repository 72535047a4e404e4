import { put, type Row } from '../../schema/toRow.ts'
import type { RecordSchema } from '../../schema/RecordSchema.ts'
import type { ColumnCursor } from './ColumnCursor.ts'

/** What reading a record needs, and what it found wrong. */
export interface ReadContext {
  /** What a JSON text says; the text itself where it is none. */
  readonly json: (text: string) => unknown
  /** Called for a column `_unknown` that holds no JSON object, with the path to its level. */
  readonly refuse: (path: ReadonlyArray<string | number>, found: unknown) => void
  /** The place that is read. */
  readonly path: Array<string | number>
}

/** How an entry of a column becomes a value of its structure. */
export const convertValue = (
  structure: RecordSchema | undefined,
  { take }: ColumnCursor,
  { json }: ReadContext,
): (() => unknown) => {
  const isJson = structure?.kind === 'json'
  return () => {
    const value = take()
    switch (typeof value) {
      case 'bigint':
        return safe(value)
      case 'string':
        return isJson ? json(value) : value
      default:
        return value
    }
  }
}

/** A value that another format is inside of, as JSON has it. */
export const toJsonValue = (value: unknown): unknown => {
  if (typeof value === 'bigint') return safe(value)
  if (Array.isArray(value)) return value.map(toJsonValue)
  if (!isPlain(value)) return value ?? null
  const found: Row = {}
  for (const key of Object.keys(value)) put(found, key, toJsonValue(value[key]))
  return found
}

const safe = (value: bigint): unknown => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

export const isPlain = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
