import type { SchemaElement } from 'hyparquet'
import type * as t from 'io-ts'
import { recordSchema } from '../schema/RecordSchema.ts'
import { parquetSchema } from './schema.ts'

/**
 * Returns the Parquet schema of a codec's records, in the text form that Parquet's own tools print
 * and parse: the columns that `Parquet` writes.
 *
 * @example
 * ParquetSchema.of(t.type({ id: t.string })).split('\n')[1] // => '  required binary id (UTF8);'
 */
const of = (codec: t.Any): string => {
  const [root, ...elements] = parquetSchema(recordSchema(codec))
  const rest = elements[Symbol.iterator]()
  return `message ${root?.name ?? 'root'} {\n${children(root?.num_children ?? 0, rest, 1)}}`
}

/** The next elements of a depth-first list, as many as their parent has children. */
const children = (count: number, rest: Iterator<SchemaElement>, depth: number): string => {
  let text = ''
  for (let i = 0; i < count; i++) {
    const { value } = rest.next() as { readonly value: SchemaElement }
    text += element(value, rest, depth)
  }
  return text
}

const element = (
  { name, repetition_type = 'REQUIRED', type, converted_type, num_children }: SchemaElement,
  rest: Iterator<SchemaElement>,
  depth: number,
): string => {
  const indent = '  '.repeat(depth)
  const mark = converted_type === undefined ? '' : ` (${converted_type})`
  const start = `${indent}${repetition_type.toLowerCase()} `
  return num_children === undefined
    ? `${start}${words[type ?? ''] ?? type?.toLowerCase()} ${name}${mark};\n`
    : `${start}group ${name}${mark} {\n${children(num_children, rest, depth + 1)}${indent}}\n`
}

const words: Readonly<Record<string, string>> = { BYTE_ARRAY: 'binary' }

export const ParquetSchema = { of } as const
