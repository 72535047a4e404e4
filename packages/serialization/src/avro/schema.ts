import { extraName, nameOf } from '../schema/fieldNames.ts'
import type { Field, Group, RecordSchema } from '../schema/RecordSchema.ts'

/** An Avro schema, as JSON; what it says of a record's fields beyond Avro is explained at {@link schemaOf}. */
export type Schema = string | ReadonlyArray<Schema> | { readonly [attribute: string]: unknown }

/**
 * The Avro schema of a structure. "Attributes not defined in this document are permitted as metadata, but must not affect the
 * format of serialized data" (Avro 1.11, Schema Declaration); these are ours:
 *
 * - `key`: the field's key, where it is no Avro name;
 * - `nothing`: what null says of a field, that it is `null` or `absent`;
 * - `bare`: the record was made for a value that is none, its field `value`;
 * - the logical type `json`: the text of any value.
 */
export const schemaOf = (group: Group): Schema => {
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
        const name = unused(nameOf(structure.name), [...primitives, ...names.values()])
        names.set(structure, name)
        const extra = {
          name: extraName,
          type: ['null', { type: 'string', logicalType: 'json' }],
          default: null,
        }
        const fields = [...structure.fields.map(fieldOf), extra]
        return { type: 'record', name, ...(structure.isWrapped && { bare: true }), fields }
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
      ...(name !== key && { key }),
      ...(emptyMeans === 'never' ? { type } : { type: ['null', type], default: null, nothing: emptyMeans }),
    }
  }
  return schema(group)
}

const unused = (name: string, names: ReadonlyArray<string>): string => {
  let n = 2
  let free = name
  while (names.includes(free)) free = `${name}_${n++}`
  return free
}

/**
 * Avro 1.11, Parsing Canonical Form: only what decides how data is written, in a fixed order. For the schemas of
 * {@link schemaOf}, which have neither namespaces nor other forms than these.
 */
export const canonical = (schema: Schema): string => {
  if (typeof schema === 'string') return JSON.stringify(schema)
  if (isUnion(schema)) return `[${schema.map(canonical).join()}]`
  if (schema['type'] === 'array') return `{"type":"array","items":${canonical(schema['items'] as Schema)}}`
  if (schema['type'] !== 'record') return canonical(schema['type'] as Schema)
  const fields = (schema['fields'] as ReadonlyArray<{ readonly name: string; readonly type: Schema }>).map(
    ({ name, type }) => `{"name":${JSON.stringify(name)},"type":${canonical(type)}}`,
  )
  return `{"name":${JSON.stringify(schema['name'])},"type":"record","fields":[${fields.join()}]}`
}

export const isUnion = (schema: Schema): schema is ReadonlyArray<Schema> => Array.isArray(schema)

/** Avro 1.11, Schema Fingerprints: CRC-64-AVRO, in little-endian order, as single objects begin with it. */
export const fingerprint = (text: string): Uint8Array => {
  let crc = empty
  for (const byte of new TextEncoder().encode(text)) crc = (crc >> 8n) ^ entry(Number(crc & 0xffn) ^ byte)
  return Uint8Array.from({ length: 8 }, (_, i) => Number((crc >> BigInt(8 * i)) & 0xffn))
}

const empty = 0xc15d213aa4d7a795n

const entry = (byte: number): bigint => {
  let crc = BigInt(byte)
  for (let i = 0; i < 8; i++) crc = (crc >> 1n) ^ (crc & 1n ? empty : 0n)
  return crc
}

export const primitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string']
