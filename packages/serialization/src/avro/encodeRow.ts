import { unknownFields, type Row } from '../schema/toRow.ts'
import { byte, type ByteWriter } from '../bytes/ByteWriter.ts'
import type { Group, RecordSchema } from '../schema/RecordSchema.ts'
import { double, long, string } from './primitives.ts'

/** Writes a value of a {@link Row}, by the schema that `avroSchema` derives. */
export const encodeRow = (out: ByteWriter, structure: RecordSchema, value: unknown): void => {
  switch (structure.kind) {
    case 'boolean':
      return byte(out, value === true ? 1 : 0)
    case 'long':
      return long(out, value as number)
    case 'double':
      return double(out, value as number)
    case 'list': {
      const items = value as ReadonlyArray<unknown>
      if (items.length > 0) long(out, items.length)
      for (const item of items) {
        if (structure.nullable) byte(out, item === null ? 0 : 2)
        if (item !== null) encodeRow(out, structure.item, item)
      }
      return byte(out, 0)
    }
    case 'group':
      return encodeRecord(out, structure, value as Row)
    default:
      string(out, value as string)
  }
}

const encodeRecord = (
  out: ByteWriter,
  group: Group,
  row: Row & { readonly [unknownFields]?: string | null },
): void => {
  for (const { key, value, emptyMeans } of group.fields) {
    const cell = row[key]
    if (emptyMeans !== 'never') byte(out, cell === null ? 0 : 2) // the branch of the union, zig-zag
    if (cell !== null) encodeRow(out, value, cell)
  }
  const unknown = row[unknownFields] ?? null
  byte(out, unknown === null ? 0 : 2)
  if (unknown !== null) string(out, unknown)
}
