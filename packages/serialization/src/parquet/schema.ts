import type { SchemaElement } from 'hyparquet'
import { extraName, nameOf } from '../internal/fieldNames.ts'
import type { Field, Group, Structure } from '../internal/structure.ts'

/**
 * The columns of a structure, depth first as a Parquet footer lists them: lists in the three levels that the format
 * asks for, JSON as texts, and in every group a column `_unknown` for what has no other. Names are those of Avro.
 */
export const schemaOf = (group: Group): Array<SchemaElement> => [
  { name: 'root', num_children: group.fields.length + 1 },
  ...group.fields.flatMap(fieldOf),
  unknown,
]

const unknown: SchemaElement = {
  name: extraName,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  repetition_type: 'OPTIONAL',
}

const fieldOf = ({ key, value, nothing }: Field): Array<SchemaElement> =>
  elements(nameOf(key), value, nothing !== 'never')

const elements = (name: string, structure: Structure, optional: boolean): Array<SchemaElement> => {
  const base = { name, repetition_type: optional ? 'OPTIONAL' : 'REQUIRED' } as const
  switch (structure.kind) {
    case 'boolean':
      return [{ ...base, type: 'BOOLEAN' }]
    case 'long':
      return [{ ...base, type: 'INT64' }]
    case 'double':
      return [{ ...base, type: 'DOUBLE' }]
    case 'list':
      return [
        { ...base, converted_type: 'LIST', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...elements('element', structure.item, structure.nullable),
      ]
    case 'group':
      return [
        { ...base, num_children: structure.fields.length + 1 },
        ...structure.fields.flatMap(fieldOf),
        unknown,
      ]
    default:
      return [{ ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8' }]
  }
}
