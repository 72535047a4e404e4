import { absent } from '@finetune-kit/codec/compile'
import * as E from '#fp-ts/Either'
import type { ReaderOptions } from '../Format.ts'
import { extraName } from '../schema/fieldNames.ts'
import type { Group, RecordSchema } from '../schema/RecordSchema.ts'
import { attribute, isUnion, primitives, type Schema } from './schema.ts'
import {
  array,
  enumSymbol,
  fixed,
  json,
  map,
  notReady,
  optional,
  primitive,
  type ReadValue,
  type RecordField,
  recordReader,
  union,
} from './valueReaders.ts'

type Limits = Required<ReaderOptions>
type Attributes = { readonly [attribute: string]: unknown }

/** Everything that readers of one schema share. */
interface Context {
  readonly limits: Limits
  readonly json: ReadValue
  readonly named: Map<string, { readonly schema: Attributes; readonly namespace: string }>
  /**
   * Readers of named types, which may refer to themselves, by the structure that the codec wants.
   */
  readonly readers: Map<Attributes, Map<RecordSchema | undefined, ReadValue>>
  problem: string | undefined
}

/** The context of a type: its namespace, and the structure that the codec wants there. */
interface Scope {
  readonly namespace: string
  readonly structure: RecordSchema | undefined
}

/**
 * Makes the reader of a file's schema, or says what is wrong with it. Values come back as the
 * writer's schema has them: Avro's own resolution would drop fields that the reader does not name.
 * `wanted` decides between null and absent in schemas of other writers.
 */
export const schemaReader = (root: Schema, wanted: Group, limits: Limits): E.Either<string, ReadValue> => {
  const context: Context = {
    limits,
    json: json(limits),
    named: new Map(),
    readers: new Map(),
    problem: undefined,
  }
  try {
    const read = typeReader(context, root, { namespace: '', structure: wanted })
    return context.problem === undefined ? E.right(read) : E.left(context.problem)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return E.left('it is nested too deeply')
  }
}

const refuse = (context: Context, reason: string): ReadValue => {
  context.problem ??= reason
  return () => undefined
}

const typeReader = (context: Context, schema: Schema, scope: Scope): ReadValue => {
  if (isUnion(schema)) return unionReader(context, schema, scope, null)
  if (typeof schema === 'string')
    return primitives.includes(schema) ? primitive(schema) : referenceReader(context, schema, scope)
  if (typeof schema !== 'object' || schema === null) return refuse(context, 'a type that is no schema')
  const { type } = schema
  const { namespace, structure } = scope
  switch (type) {
    case 'string':
      return schema['logicalType'] === 'json' ? context.json : primitive(type)
    case 'array': {
      const item = structure?.kind === 'list' ? structure.item : undefined
      const read = typeReader(context, schema['items'] as Schema, { namespace, structure: item })
      return array(read, context.limits)
    }
    case 'map': {
      const read = typeReader(context, schema['values'] as Schema, { namespace, structure: undefined })
      return map(read, context.limits)
    }
    case 'record':
    case 'error':
    case 'enum':
    case 'fixed':
      return definitionReader(context, schema, scope)
    default:
      return typeReader(context, type as Schema, scope)
  }
}

/** Reads a union, in which null is read as `empty`. */
const unionReader = (
  context: Context,
  members: ReadonlyArray<Schema>,
  scope: Scope,
  empty: unknown,
): ReadValue => {
  const readers = members.map(member =>
    member === 'null' ? () => empty : typeReader(context, member, scope),
  )
  const [, second] = readers
  return members.length === 2 && members[0] === 'null' && members[1] !== 'null' && second !== undefined
    ? optional(second, empty)
    : union(readers)
}

const referenceReader = (context: Context, name: string, { namespace, structure }: Scope): ReadValue => {
  const found = context.named.get(fullName(name, namespace)) ?? context.named.get(name)
  return found === undefined
    ? refuse(context, `no type is named ${name}`)
    : namedReader(context, found.schema, { namespace: found.namespace, structure })
}

const definitionReader = (context: Context, schema: Attributes, scope: Scope): ReadValue => {
  const { name, namespace } = schema
  if (typeof name !== 'string') return refuse(context, 'a type without a name')
  const full = fullName(name, typeof namespace === 'string' ? namespace : scope.namespace)
  if ((context.named.get(full)?.schema ?? schema) !== schema)
    return refuse(context, `two types are named ${full}`)
  const inner = full.slice(0, Math.max(0, full.lastIndexOf('.')))
  context.named.set(full, { schema, namespace: inner })
  return namedReader(context, schema, { namespace: inner, structure: scope.structure })
}

const namedReader = (context: Context, schema: Attributes, scope: Scope): ReadValue => {
  const known = context.readers.get(schema) ?? new Map<RecordSchema | undefined, ReadValue>()
  context.readers.set(schema, known)
  const before = known.get(scope.structure)
  if (before !== undefined) return before
  let read = notReady
  known.set(scope.structure, c => read(c)) // the type may refer to itself
  if (schema['type'] === 'fixed') read = fixed(Number(schema['size']))
  else if (schema['type'] === 'enum') read = enumSymbol(toList(schema['symbols']))
  else
    read = recordReader(
      fieldReaders(context, schema, scope),
      schema[attribute.wrapped] === true,
      context.limits,
    )
  known.set(scope.structure, read)
  return read
}

const fieldReaders = (
  context: Context,
  schema: Attributes,
  { namespace, structure }: Scope,
): ReadonlyArray<RecordField> => {
  const keys = new Set<string>()
  let hasUnknownKeys = false
  return toList(schema['fields']).map((field): RecordField => {
    const attributes = Object(field) as Attributes
    const { name, type } = attributes
    const key = attributes[attribute.key] ?? name
    const holdsUnknownKeys = name === extraName && isUnion(type as Schema)
    if (typeof key !== 'string' || (holdsUnknownKeys ? hasUnknownKeys : keys.has(key)))
      refuse(context, `a field without a name of its own: ${String(key)}`)
    if (holdsUnknownKeys) hasUnknownKeys = true
    else keys.add(key as string)
    const known = structure?.kind === 'group' ? structure.fields.find(f => f.key === key) : undefined
    const scope = { namespace, structure: known?.value }
    const empty = attributes[attribute.null]
    const isAbsent =
      empty === undefined ? known?.emptyMeans === 'absent' && known.value.kind !== 'json' : empty === 'absent'
    return {
      key: key as string,
      read: isUnion(type as Schema)
        ? unionReader(context, type as ReadonlyArray<Schema>, scope, isAbsent ? absent : null)
        : typeReader(context, type as Schema, scope),
      holdsUnknownKeys,
    }
  })
}

const toList = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

const fullName = (name: string, namespace: string): string =>
  name.includes('.') || namespace === '' ? name : `${namespace}.${name}`
