import type { ParquetType, SchemaElement } from 'hyparquet'
import { extraName, nameOf } from '../schema/fieldNames.ts'
import type { Field, Group, Leaf, RecordSchema } from '../schema/RecordSchema.ts'

/**
 * Derives the columns of a structure, depth first as a footer lists them: lists in three levels,
 * JSON marked as JSON, and a column `_unknown` in every group. Names are those of Avro.
 */
export const parquetSchema = (group: Group): Array<SchemaElement> => [
  { name: 'root', num_children: group.fields.length + 1 },
  ...group.fields.flatMap(fieldOf),
  unknown,
]

/** The name of this writer in the files that it writes. */
export const createdBy = 'finetune-kit'

/** Key in a file's metadata whose records were made for values that are no records. */
export const wrappedKey = 'finetune-kit.wrapped'

/** Physical types of the columns. */
export const physical: Readonly<Record<Leaf['kind'], ParquetType>> = {
  boolean: 'BOOLEAN',
  long: 'INT64',
  double: 'DOUBLE',
  string: 'BYTE_ARRAY',
  json: 'BYTE_ARRAY',
}

const leaf = (name: string, kind: Leaf['kind'], optional: boolean): SchemaElement => ({
  name,
  repetition_type: optional ? 'OPTIONAL' : 'REQUIRED',
  type: physical[kind],
  ...(kind === 'string' && { converted_type: 'UTF8' }),
  ...(kind === 'json' && { converted_type: 'JSON', logical_type: { type: 'JSON' } }),
})

const unknown = leaf(extraName, 'json', true)

const fieldOf = ({ key, value, emptyMeans }: Field): Array<SchemaElement> =>
  elements(nameOf(key), value, emptyMeans !== 'never')

const elements = (name: string, structure: RecordSchema, optional: boolean): Array<SchemaElement> => {
  const repetition_type = optional ? 'OPTIONAL' : 'REQUIRED'
  switch (structure.kind) {
    case 'list':
      return [
        { name, repetition_type, converted_type: 'LIST', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...elements('element', structure.item, structure.nullable),
      ]
    case 'group':
      return [
        { name, repetition_type, num_children: structure.fields.length + 1 },
        ...structure.fields.flatMap(fieldOf),
        unknown,
      ]
    default:
      return [leaf(name, structure.kind, optional)]
  }
}
