import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import type { ReaderOptions } from '../Format.ts'
import { extraName } from '../internal/fieldNames.ts'
import { jsonDecoder } from '../internal/jsonDecoder.ts'
import { put } from '../internal/rows.ts'
import type { Group, Structure } from '../internal/structure.ts'
import { byte, type Cursor, double, fail, long, string } from './cursor.ts'
import { isUnion, primitives, type Schema } from './schema.ts'

/** Reads one value. */
export type Read = (c: Cursor, budget: Budget) => unknown

/** What hostile bytes may cost. A list of nulls takes no bytes however long it is, and a record may hold itself. */
export interface Budget {
  depth: number
  /** How many more values may be read. */
  left: number
}

type Limits = Required<ReaderOptions>
type Attributes = { readonly [attribute: string]: unknown }

/**
 * How values are read that were written by this schema, or what is wrong with it. A value comes back as the schema that
 * wrote it says; what a codec of another version makes of it, the codec decides: a field it does not know is an unknown key
 * (Avro's own resolution would drop it), one that is not there is absent. `wanted` tells what null means in schemas of others.
 */
export const readerOf = (root: Schema, wanted: Group, limits: Limits): E.Either<string, Read> => {
  const named = new Map<string, { readonly schema: Attributes; readonly space: string }>()
  const made = new Map<Attributes, Map<Structure | undefined, Read>>()
  const json = jsonRead(limits)
  let problem: string | undefined
  const refuse = (reason: string): Read => {
    problem ??= reason
    return () => undefined
  }

  const reader = (schema: Schema, space: string, structure: Structure | undefined): Read => {
    if (isUnion(schema)) return oneOf(schema.map(member => reader(member, space, structure)))
    if (typeof schema === 'string')
      return primitives.includes(schema) ? primitive(schema) : referred(schema, space, structure)
    if (typeof schema !== 'object' || schema === null) return refuse('a schema that is none')
    const { type } = schema
    switch (type) {
      case 'string':
        return schema['logicalType'] === 'json' ? json : primitive(type)
      case 'array':
        return many(
          reader(schema['items'] as Schema, space, structure?.kind === 'list' ? structure.item : undefined),
          limits,
        )
      case 'map':
        return entries(reader(schema['values'] as Schema, space, undefined), limits)
      case 'record':
      case 'error':
      case 'enum':
      case 'fixed':
        return define(schema, space, structure)
      default:
        return reader(type as Schema, space, structure)
    }
  }

  const referred = (name: string, space: string, structure: Structure | undefined): Read => {
    const found = named.get(fullName(name, space)) ?? named.get(name)
    return found === undefined
      ? refuse(`no type is named ${name}`)
      : ofNamed(found.schema, found.space, structure)
  }

  const define = (schema: Attributes, space: string, structure: Structure | undefined): Read => {
    const { name, namespace } = schema
    if (typeof name !== 'string') return refuse('a type without a name')
    const full = fullName(name, typeof namespace === 'string' ? namespace : space)
    if ((named.get(full)?.schema ?? schema) !== schema) return refuse(`two types are named ${full}`)
    const inner = full.slice(0, Math.max(0, full.lastIndexOf('.')))
    named.set(full, { schema, space: inner })
    return ofNamed(schema, inner, structure)
  }

  const ofNamed = (schema: Attributes, space: string, structure: Structure | undefined): Read => {
    const known = made.get(schema) ?? new Map<Structure | undefined, Read>()
    made.set(schema, known)
    const before = known.get(structure)
    if (before !== undefined) return before
    let read = unread
    known.set(structure, (c, budget) => read(c, budget)) // it may hold itself
    read = ofType(schema, space, structure)
    known.set(structure, read)
    return read
  }

  const ofType = (schema: Attributes, space: string, structure: Structure | undefined): Read => {
    if (schema['type'] === 'fixed') return noBytes
    if (schema['type'] === 'enum') return word(list(schema['symbols']))
    const keys = new Set<unknown>()
    const fields = list(schema['fields']).map((field): FieldRead => {
      const { name, key = name, type, nothing } = Object(field) as Attributes
      const isExtra = name === extraName && isUnion(type as Schema)
      if (typeof key !== 'string' || (keys.has(key) && !isExtra))
        refuse(`a field without a name of its own: ${String(key)}`)
      if (!isExtra) keys.add(key)
      const known = structure?.kind === 'group' ? structure.fields.find(f => f.key === key) : undefined
      const isAbsent =
        nothing === undefined
          ? known?.nothing === 'absent' && known.value.kind !== 'json'
          : nothing === 'absent'
      return {
        key: key as string,
        read:
          isAbsent && isUnion(type as Schema)
            ? oneOf(
                (type as ReadonlyArray<Schema>).map(m =>
                  m === 'null' ? () => absent : reader(m, space, known?.value),
                ),
              )
            : reader(type as Schema, space, known?.value),
        isExtra,
      }
    })
    return object(fields, schema['bare'] === true, limits)
  }

  const read = reader(root, '', wanted)
  return problem === undefined ? E.right(read) : E.left(problem)
}

/** Stands for what is not known yet. */
export const unread: Read = () => undefined

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

const fullName = (name: string, space: string): string =>
  name.includes('.') || space === '' ? name : `${space}.${name}`

const primitive = (type: string): Read => {
  switch (type) {
    case 'null':
      return () => null
    case 'boolean':
      return c => byte(c) !== 0
    case 'int':
    case 'long':
      return long
    case 'float':
      return c => double(c, 4)
    case 'double':
      return c => double(c, 8)
    case 'string':
      return string
    default:
      return noBytes
  }
}

const noBytes: Read = c => fail(c, 'bytes, which JSON has no value for')

const jsonRead = (limits: Limits): Read => {
  const decode = jsonDecoder(t.unknown, 'JSON')
  return c => {
    const start = c.at
    const text = string(c)
    if (c.flaw !== undefined) return undefined
    const value = decode(text, limits)
    if (E.isRight(value)) return value.right
    return fail(
      c,
      `a text that is not JSON: ${value.left._tag === 'Malformed' ? value.left.reason : 'too deep'}`,
      start,
    )
  }
}

const oneOf =
  (members: ReadonlyArray<Read>): Read =>
  (c, budget) => {
    const start = c.at
    const read = members[long(c)]
    return read === undefined ? fail(c, 'a branch that its union does not have', start) : read(c, budget)
  }

const word =
  (symbols: ReadonlyArray<unknown>): Read =>
  c => {
    const start = c.at
    const symbol = symbols[long(c)]
    return symbol === undefined ? fail(c, 'a symbol that its enum does not have', start) : symbol
  }

/** "Arrays are encoded as a series of blocks", as maps are. A negative count is followed by the block's size in bytes. */
const blocks = (c: Cursor, budget: Budget, limits: Limits, item: () => void): void => {
  if (++budget.depth > limits.maxDepth) fail(c, `nested more than ${limits.maxDepth} levels deep`)
  for (let n = long(c); n !== 0; n = long(c)) {
    if (n < 0) long(c)
    for (let left = Math.abs(n); left > 0 && c.flaw === undefined; left--) {
      if (--budget.left < 0) fail(c, 'more values than its bytes allow')
      else item()
    }
    if (c.flaw !== undefined) break
  }
  budget.depth--
}

const many =
  (read: Read, limits: Limits): Read =>
  (c, budget) => {
    const items: Array<unknown> = []
    blocks(c, budget, limits, () => items.push(read(c, budget)))
    return items
  }

const entries =
  (read: Read, limits: Limits): Read =>
  (c, budget) => {
    const found: Record<string, unknown> = {}
    blocks(c, budget, limits, () => {
      const key = string(c)
      if (limits.strict && Object.hasOwn(found, key)) fail(c, 'an object has a key twice')
      put(found, key, read(c, budget))
    })
    return found
  }

/** What a field gives in whose union null says that the key is absent. */
const absent = Symbol('absent')

interface FieldRead {
  readonly key: string
  readonly read: Read
  /** It holds other keys, not itself. */
  readonly isExtra: boolean
}

const object =
  (fields: ReadonlyArray<FieldRead>, bare: boolean, limits: Limits): Read =>
  (c, budget) => {
    const found: Record<string, unknown> = {}
    if (++budget.depth > limits.maxDepth) fail(c, `nested more than ${limits.maxDepth} levels deep`)
    for (const { key, read, isExtra } of fields) {
      if (c.flaw !== undefined) break
      if (--budget.left < 0) fail(c, 'more values than its bytes allow')
      const value = read(c, budget)
      if (isExtra && typeof value === 'object' && value !== null)
        for (const other of Object.keys(value)) put(found, other, (value as Attributes)[other])
      else if (!isExtra && value !== absent) put(found, key, value)
    }
    budget.depth--
    return bare ? found['value'] : found
  }
