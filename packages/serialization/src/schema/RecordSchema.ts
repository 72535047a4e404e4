import { Identity, Meta, Shape } from '@finetune-kit/codec'
import type * as t from 'io-ts'

/** The schema of a codec's values, for formats with a fixed schema. */
export type RecordSchema = Leaf | List | Group

export interface Leaf {
  /** `json` is any value as JSON text: unions of several types, dictionaries, recursive values. */
  readonly kind: 'boolean' | 'long' | 'double' | 'string' | 'json'
  /** The JSON is a dictionary whose values are never null. */
  readonly isDictionary?: true
}

export interface List {
  readonly kind: 'list'
  readonly item: RecordSchema
  /** An item may be null. */
  readonly nullable: boolean
}

export interface Group {
  readonly kind: 'group'
  readonly name: string
  readonly fields: ReadonlyArray<Field>
  /** The codec is no record: its value is the only field, `value`, of a record made for it. */
  readonly isWrapped?: true
}

export interface Field {
  readonly key: string
  readonly value: RecordSchema
  /** The meaning of an empty field: the value is null, the key is absent, or it cannot be empty. */
  readonly emptyMeans: 'null' | 'absent' | 'never'
  /** The field identifies the record, as `Meta.identity` states. */
  readonly isIdentity?: true
}

/** The schema of a codec's records. */
export const recordSchema = (codec: t.Any): Group => {
  const { value, nullable, absent } = Shape.fold(algebra)(codec)
  return value?.kind === 'group' && !nullable && !absent
    ? value
    : {
        kind: 'group',
        name: 'Value',
        fields: [field('value', { value: value ?? json, nullable, absent }, false)],
        isWrapped: true,
      }
}

/** A schema with null and absence; without `value` nothing else is possible. */
interface Slot {
  readonly value: RecordSchema | undefined
  readonly nullable: boolean
  readonly absent: boolean
}

const json: RecordSchema = { kind: 'json' }
const slot = (value: RecordSchema | undefined): Slot => ({ value, nullable: false, absent: false })
const any = (): Slot => slot(json)

const field = (key: string, { value = json, nullable, absent }: Slot, optional: boolean): Field => ({
  key,
  value,
  // JSON has its own null, and `unknown` may be absent
  emptyMeans: value.kind === 'json' || optional || absent ? 'absent' : nullable ? 'null' : 'never',
})

const algebra: Shape.Algebra<Slot> = {
  unknown: any,
  undefined: () => ({ value: undefined, nullable: false, absent: true }),
  null: () => ({ value: undefined, nullable: true, absent: false }),
  boolean: () => slot({ kind: 'boolean' }),
  number: () => slot({ kind: 'double' }),
  string: () => slot({ kind: 'string' }),
  literal: values => {
    if (values.every(v => typeof v === 'string')) return slot({ kind: 'string' })
    if (values.every(v => typeof v === 'boolean')) return slot({ kind: 'boolean' })
    return values.every(v => Number.isSafeInteger(v)) ? slot({ kind: 'long' }) : any()
  },
  array: ({ value = json, nullable }) =>
    slot({ kind: 'list', item: value, nullable: nullable && value.kind !== 'json' }),
  tuple: any,
  record: (_, { value = json, nullable, absent }) =>
    value.kind === 'json' || nullable || absent ? any() : slot({ kind: 'json', isDictionary: true }),
  struct: (fields, _, codec) =>
    slot({
      kind: 'group',
      name: codec.name,
      fields: fields.map(({ key, value, optional }) => ({
        ...field(key, value, optional),
        ...(key === Identity.of(codec).key && { isIdentity: true as const }),
      })),
    }),
  union: members => {
    const values = [...new Set(members.flatMap(({ value }) => value ?? []))]
    const kinds = new Set(values.map(({ kind }) => kind))
    const isPrimitive = !kinds.has('list') && !kinds.has('group') && !kinds.has('json')
    const only = values.length === 1 || (kinds.size === 1 && isPrimitive)
    return {
      value: only ? values[0] : values.length === 0 ? undefined : json,
      nullable: members.some(({ nullable }) => nullable),
      absent: members.some(({ absent }) => absent),
    }
  },
  intersection: any,
  refine: (inner, _, codec) =>
    inner.value?.kind === 'double' && Meta.of(codec).constraints?.integer === true
      ? { ...inner, value: { kind: 'long' } }
      : inner,
  lazy: any,
  opaque: any,
}
