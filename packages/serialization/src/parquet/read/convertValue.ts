import { isPlainObject, put } from '@finetune-kit/codec/compile'
import { base64 } from '../../bytes/base64.ts'
import { textOf } from '../../bytes/utf8.ts'
import type { RecordSchema } from '../../schema/RecordSchema.ts'
import { type Row } from '../../schema/toRow.ts'
import type { ColumnCursor } from './ColumnCursor.ts'
import type { InexactDecimal } from './decimal.ts'
import type { Primitive } from './variantPrimitive.ts'
import type { RecordCount } from '../../schema/RecordCount.ts'

/** State of reading, and where it reports what it refuses. */
export interface ReadContext {
  /** Parses a JSON text. Returns the text itself if it is no JSON. */
  readonly json: (text: string) => unknown
  readonly count: RecordCount
  /** Rejects the record that is read. */
  readonly refuse: (path: ReadonlyArray<string | number>, expected: string, actual: unknown) => void
  /** Also refuse numbers that a double does not hold exactly. */
  readonly isStrict: boolean
  /** Path of the group or list that is read; the key of a leaf is in `leafKeys`. */
  readonly path: Array<string | number>
  readonly leafKeys: Map<ColumnCursor, string>
  /** Leaves bytes as they are: another encoding is inside. */
  readonly isRaw?: boolean
}

/** Reads the values of a column as JSON has them: exact text where a double would lose digits. */
export const convertValue = (
  structure: RecordSchema | undefined,
  column: ColumnCursor,
  context: ReadContext,
): (() => unknown) => {
  const { take, kind } = column
  const isJson = kind === 'json' && structure?.kind !== 'string'
  const mayBeText = structure?.kind === 'string'
  return () => {
    const value = take()
    switch (typeof value) {
      case 'string':
        return isJson ? context.json(value) : value
      case 'boolean':
      case 'undefined':
        return value
      case 'number':
        return Number.isFinite(value) ? value : String(value)
      case 'bigint':
        return toNumber(value)
      default:
        if (context.isRaw === true) return value
        if (value instanceof Uint8Array) return bytesValue(value, mayBeText, column, context)
        return isInexact(value) ? decimalValue(value, column, context) : toJsonValue(value)
    }
  }
}

const bytesValue = (
  bytes: Uint8Array,
  mayBeText: boolean,
  column: ColumnCursor,
  context: ReadContext,
): unknown => {
  if (column.kind === 'bytes' && !mayBeText) return base64(bytes)
  const text = textOf(bytes)
  if (text === undefined) context.refuse(pathOf(column, context), 'text in UTF-8', base64(bytes))
  return text
}

const decimalValue = ({ text, nearest }: InexactDecimal, column: ColumnCursor, context: ReadContext) => {
  if (context.isStrict) context.refuse(pathOf(column, context), exactNumber, text)
  return nearest
}

const pathOf = (column: ColumnCursor, { path, leafKeys }: ReadContext) => {
  const key = leafKeys.get(column)
  return key === undefined ? [...path] : [...path, key]
}

const isInexact = (value: unknown): value is InexactDecimal =>
  (value as InexactDecimal | null)?._tag === 'InexactDecimal'

/** Converts a primitive value of a VARIANT to JSON. */
export const primitiveValue =
  ({ path, refuse, isStrict }: ReadContext) =>
  (value: Primitive): unknown => {
    if (!isInexact(value)) return toJsonValue(value)
    if (isStrict) refuse([...path], exactNumber, value.text)
    return value.nearest
  }

const exactNumber = 'a number that a double holds exactly'

/** Converts a value of another encoding to JSON. */
const toJsonValue = (value: unknown): unknown => {
  if (typeof value === 'bigint') return toNumber(value)
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (Array.isArray(value)) return value.map(toJsonValue)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return base64(value)
  if (!isPlainObject(value)) return value ?? null
  const found: Row = {}
  for (const key of Object.keys(value)) put(found, key, toJsonValue(value[key]))
  return found
}

/** A number, or the decimal text of an integer that a double may not hold. */
const toNumber = (value: bigint): number | string => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}
