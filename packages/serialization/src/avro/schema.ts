import { extraName, nameOf } from '../schema/fieldNames.ts'
import type { Field, Group, RecordSchema } from '../schema/RecordSchema.ts'

/** An Avro schema as JSON. */
export type Schema = string | ReadonlyArray<Schema> | { readonly [attribute: string]: unknown }

/**
 * Attributes of ours. "Attributes not defined in this document are permitted as metadata, but must
 * not affect the format of serialized data" (Avro 1.11, Schema Declaration).
 */
export const attribute = {
  /** Key of a field, where the key is no Avro name. */
  key: 'finetune-kit.key',
  /** Meaning of null in a field: the value is `null`, or the key is `absent`. */
  null: 'finetune-kit.null',
  /** True for a record that wraps a value which is no record, in its field `value`. */
  wrapped: 'finetune-kit.wrapped',
} as const

/** Derives the Avro schema. The logical type `json` marks the text of any JSON value. */
export const avroSchema = (group: Group): Schema => {
  const names = new Map<Group, string>()
  const schema = (structure: RecordSchema): Schema => {
    switch (structure.kind) {
      case 'json':
        return { type: 'string', logicalType: 'json' }
      case 'list': {
        const items = schema(structure.item)
        return { type: 'array', items: structure.nullable ? ['null', items] : items }
      }
      case 'group': {
        const defined = names.get(structure)
        if (defined !== undefined) return defined
        const name = freeName(nameOf(structure.name), [...primitives, ...names.values()])
        names.set(structure, name)
        const extra = {
          name: extraName,
          type: ['null', { type: 'string', logicalType: 'json' }],
          default: null,
        }
        const fields = [...structure.fields.map(fieldOf), extra]
        return { type: 'record', name, ...(structure.isWrapped && { [attribute.wrapped]: true }), fields }
      }
      default:
        return structure.kind
    }
  }
  const fieldOf = ({ key, value, emptyMeans }: Field) => {
    const name = nameOf(key)
    const type = schema(value)
    return {
      name,
      ...(name !== key && { [attribute.key]: key }),
      ...(emptyMeans === 'never'
        ? { type }
        : { type: ['null', type], default: null, [attribute.null]: emptyMeans }),
    }
  }
  return schema(group)
}

const freeName = (name: string, names: ReadonlyArray<string>): string => {
  let n = 2
  let free = name
  while (names.includes(free)) free = `${name}_${n++}`
  return free
}

/**
 * Avro 1.11, Parsing Canonical Form: only the attributes that decide how data is written, in a
 * fixed order. It covers the schemas of {@link avroSchema}, which have no namespaces.
 */
export const canonicalForm = (schema: Schema): string => {
  if (typeof schema === 'string') return JSON.stringify(schema)
  if (isUnion(schema)) return `[${schema.map(canonicalForm).join()}]`
  if (schema['type'] === 'array')
    return `{"type":"array","items":${canonicalForm(schema['items'] as Schema)}}`
  if (schema['type'] !== 'record') return canonicalForm(schema['type'] as Schema)
  const fields = (schema['fields'] as ReadonlyArray<{ readonly name: string; readonly type: Schema }>).map(
    ({ name, type }) => `{"name":${JSON.stringify(name)},"type":${canonicalForm(type)}}`,
  )
  return `{"name":${JSON.stringify(schema['name'])},"type":"record","fields":[${fields.join()}]}`
}

export const isUnion = (schema: Schema): schema is ReadonlyArray<Schema> => Array.isArray(schema)

export const primitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string']
