import { absent } from '@finetune-kit/codec/compile'
import * as E from '#fp-ts/Either'
import type { ReaderOptions } from '../Format.ts'
import { extraName } from '../schema/fieldNames.ts'
import type { Group, RecordSchema } from '../schema/RecordSchema.ts'
import {
  map,
  fixed,
  json,
  array,
  recordReader,
  union,
  optional,
  primitive,
  type ReadValue,
  type RecordField,
  notReady,
  enumSymbol,
} from './valueReaders.ts'
import { isUnion, primitives, type Schema } from './schema.ts'

type Limits = Required<ReaderOptions>
type Attributes = { readonly [attribute: string]: unknown }

/**
 * How values are read that were written by this schema, or what is wrong with it. A value comes back as the schema that
 * wrote it says; what a codec of another version makes of it, the codec decides: a field it does not know is an unknown key
 * (Avro's own resolution would drop it), one that is not there is absent. `wanted` tells what null means in schemas of others.
 */
export const schemaReader = (root: Schema, wanted: Group, limits: Limits): E.Either<string, ReadValue> => {
  const named = new Map<string, { readonly schema: Attributes; readonly space: string }>()
  const made = new Map<Attributes, Map<RecordSchema | undefined, ReadValue>>()
  const jsonRead = json(limits)
  let problem: string | undefined
  const refuse = (reason: string): ReadValue => {
    problem ??= reason
    return () => undefined
  }

  const reader = (schema: Schema, space: string, structure: RecordSchema | undefined): ReadValue => {
    if (isUnion(schema)) return unionReader(schema, { space, structure, nothing: null })
    if (typeof schema === 'string')
      return primitives.includes(schema) ? primitive(schema) : namedReader(schema, space, structure)
    if (typeof schema !== 'object' || schema === null) return refuse('a schema that is none')
    const { type } = schema
    switch (type) {
      case 'string':
        return schema['logicalType'] === 'json' ? jsonRead : primitive(type)
      case 'array':
        return array(
          reader(schema['items'] as Schema, space, structure?.kind === 'list' ? structure.item : undefined),
          limits,
        )
      case 'map':
        return map(reader(schema['values'] as Schema, space, undefined), limits)
      case 'record':
      case 'error':
      case 'enum':
      case 'fixed':
        return definedReader(schema, space, structure)
      default:
        return reader(type as Schema, space, structure)
    }
  }

  const unionReader = (members: ReadonlyArray<Schema>, { space, structure, nothing }: Union): ReadValue => {
    const reads = members.map(m => (m === 'null' ? () => nothing : reader(m, space, structure)))
    const [, second] = reads
    return members.length === 2 && members[0] === 'null' && members[1] !== 'null' && second !== undefined
      ? optional(second, nothing)
      : union(reads)
  }

  const namedReader = (name: string, space: string, structure: RecordSchema | undefined): ReadValue => {
    const found = named.get(fullName(name, space)) ?? named.get(name)
    return found === undefined
      ? refuse(`no type is named ${name}`)
      : ofNamed(found.schema, found.space, structure)
  }

  const definedReader = (
    schema: Attributes,
    space: string,
    structure: RecordSchema | undefined,
  ): ReadValue => {
    const { name, namespace } = schema
    if (typeof name !== 'string') return refuse('a type without a name')
    const full = fullName(name, typeof namespace === 'string' ? namespace : space)
    if ((named.get(full)?.schema ?? schema) !== schema) return refuse(`two types are named ${full}`)
    const inner = full.slice(0, Math.max(0, full.lastIndexOf('.')))
    named.set(full, { schema, space: inner })
    return ofNamed(schema, inner, structure)
  }

  const ofNamed = (schema: Attributes, space: string, structure: RecordSchema | undefined): ReadValue => {
    const known = made.get(schema) ?? new Map<RecordSchema | undefined, ReadValue>()
    made.set(schema, known)
    const before = known.get(structure)
    if (before !== undefined) return before
    let read = notReady
    known.set(structure, c => read(c)) // it may hold itself
    read = ofType(schema, space, structure)
    known.set(structure, read)
    return read
  }

  const ofType = (schema: Attributes, space: string, structure: RecordSchema | undefined): ReadValue => {
    if (schema['type'] === 'fixed') return fixed(Number(schema['size']))
    if (schema['type'] === 'enum') return enumSymbol(list(schema['symbols']))
    const keys = new Set<string>()
    let hasExtra = false // a field of that key has another name
    const fields = list(schema['fields']).map((field): RecordField => {
      const { name, key = name, type, nothing } = Object(field) as Attributes
      const isExtra = name === extraName && isUnion(type as Schema)
      if (typeof key !== 'string' || (isExtra ? hasExtra : keys.has(key)))
        refuse(`a field without a name of its own: ${String(key)}`)
      if (isExtra) hasExtra = true
      else keys.add(key as string)
      const known = structure?.kind === 'group' ? structure.fields.find(f => f.key === key) : undefined
      const isAbsent =
        nothing === undefined
          ? known?.emptyMeans === 'absent' && known.value.kind !== 'json'
          : nothing === 'absent'
      return {
        key: key as string,
        read: isUnion(type as Schema)
          ? unionReader(type as ReadonlyArray<Schema>, {
              space,
              structure: known?.value,
              nothing: isAbsent ? absent : null,
            })
          : reader(type as Schema, space, known?.value),
        isExtra,
      }
    })
    return recordReader(fields, schema['bare'] === true, limits)
  }

  try {
    const read = reader(root, '', wanted)
    return problem === undefined ? E.right(read) : E.left(problem)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return E.left('it is nested too deeply')
  }
}

interface Union {
  readonly space: string
  readonly structure: RecordSchema | undefined
  /** What null says in it. */
  readonly nothing: unknown
}

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

const fullName = (name: string, space: string): string =>
  name.includes('.') || space === '' ? name : `${space}.${name}`
