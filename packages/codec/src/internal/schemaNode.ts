import type * as t from 'io-ts'
import type { Algebra } from '../Algebra.ts'
import * as Meta from '../Meta.ts'
import * as Shape from '../Shape.ts'
import { meetConstraints } from './meetConstraints.ts'
import { refusesInherited } from './refusesInherited.ts'

/** A JSON Schema, or a part of one, as plain data. */
export type Schema = Readonly<Record<string, unknown>>

/** The form in which a schema is written. */
export interface Dialect {
  readonly draft: '2020-12' | 'draft-07'
  readonly side: 'decode' | 'encode'
}

/** A codec as a node of a schema, inlined or referenced. */
export interface SchemaNode {
  /** The name in references. */
  readonly name?: string
  /** True if it contains itself and can only be referenced. */
  readonly recursive: boolean
  /** True if it also describes an absent value. */
  readonly absent: boolean
  readonly is: (u: unknown) => boolean
  readonly children: () => ReadonlyArray<SchemaNode>
  readonly write: (child: (node: SchemaNode) => Schema) => Schema
}

export const algebra = ({ draft, side }: Dialect): Algebra<SchemaNode> => ({
  unknown: codec => ({ ...leaf(codec, {}), absent: true }),
  undefined: codec => ({ ...leaf(codec, never), absent: true }),
  null: codec => leaf(codec, { type: 'null' }),
  boolean: codec => leaf(codec, { type: 'boolean' }),
  number: codec => leaf(codec, { type: 'number' }),
  string: codec => leaf(codec, { type: 'string' }),
  literal: (values, codec) =>
    leaf(codec, values.length === 0 ? never : values.length === 1 ? { const: values[0] } : { enum: values }),
  array: (item, codec) => node(codec, [item], child => ({ type: 'array', items: child(item) })),
  tuple: (items, codec) =>
    node(codec, items, child => {
      if (items.length === 0) return { type: 'array', maxItems: 0 }
      const minItems = items.length
      return draft === 'draft-07'
        ? { type: 'array', items: items.map(child), additionalItems: false, minItems }
        : { type: 'array', prefixItems: items.map(child), items: false, minItems }
    }),
  record: (domain, codomain, codec) =>
    node(codec, [domain, codomain], child => {
      const { type, pattern, ...more } = child(domain)
      const value = child(codomain)
      // io-ts skips keys outside the domain
      if (type !== 'string' || Object.keys(more).some(key => limitKeys.includes(key) || key === '$comment'))
        return { type: 'object', $comment: `Keys that matter: ${codec.name}` }
      return pattern === undefined
        ? { type: 'object', additionalProperties: value }
        : { type: 'object', patternProperties: { [pattern as string]: value } }
    }),
  struct: (fields, unknownKeys, codec) => {
    // a key that may be undefined may be absent in JSON
    const required = fields
      .filter(({ key, optional, value }) => (optional ? refusesInherited(key, value.is) : !value.absent))
      .map(field => field.key)
    const closed = unknownKeys === 'refuse' || (unknownKeys === 'strip' && side === 'encode')
    const { title } = Meta.of(codec)
    return {
      ...node(
        codec,
        fields.map(field => field.value),
        child => ({
          type: 'object',
          properties: Object.fromEntries(
            fields.map(({ key, value }) => [key, withoutSourceOf(child(value), codec)]),
          ),
          ...(required.length === 0 ? {} : { required }),
          ...(closed ? { additionalProperties: false } : {}),
        }),
      ),
      ...(title === undefined ? {} : { name: codec.name }),
    }
  },
  union: (members, codec) => ({
    ...node(codec, members, child =>
      anyOf(members.map(child).filter(schema => JSON.stringify(schema) !== JSON.stringify(never))),
    ),
    absent: members.some(member => member.absent),
  }),
  intersection: (members, codec) => ({
    recursive: false,
    absent: members.every(member => member.absent),
    is: u => members.every(member => member.is(u)),
    children: () => members,
    // the codec may be that of the struct around a field, whose facts these are not
    write: child => ({ ...('types' in codec ? facts(codec) : {}), allOf: members.map(child) }),
  }),
  refine: (inner, predicate, codec) => ({
    recursive: false,
    absent: inner.absent && predicate(undefined as never),
    is: codec.is,
    children: () => [inner],
    write: child => refined(child(inner), codec, draft),
  }),
  lazy: (get, codec) => ({
    ...node(codec, [], child => child(get())),
    name: codec.name,
    recursive: true,
    children: () => [get()],
  }),
  opaque: Shape.refuse('JsonSchema'),
})

const never: Schema = { not: {} }

const node = (codec: t.Any, children: ReadonlyArray<SchemaNode>, write: SchemaNode['write']): SchemaNode => ({
  recursive: false,
  absent: false,
  is: codec.is,
  children: () => children,
  write: child => {
    const own = facts(codec)
    return { ...own, ...write(child), ...own }
  },
})

const leaf = (codec: t.Any, schema: Schema): SchemaNode => node(codec, [], () => schema)

/**
 * The facts of a codec as keywords. Strict validators refuse unknown keywords, so none are
 * invented.
 */
const facts = (codec: t.Any): Schema => {
  const { title, description, unit, source, known, default: absent } = Meta.of(codec)
  const text = [description, unit === undefined ? undefined : `Unit: ${unit}.`].filter(
    part => part !== undefined,
  )
  return {
    ...(title === undefined ? {} : { title }),
    ...(text.length === 0 ? {} : { description: text.join(' ') }),
    ...(source === undefined ? {} : { $comment: `Source: ${source}` }),
    ...(absent === undefined ? {} : { default: absent }),
    ...(known === undefined ? {} : { examples: known }),
  }
}

/** A field's schema without the source that its struct names already. */
const withoutSourceOf = (schema: Schema, struct: t.Any): Schema => {
  const { $comment, ...rest } = schema
  return $comment !== undefined && $comment === facts(struct)['$comment'] ? rest : schema
}

/** The inner schema with the constraints; a refinement without any is only named. */
const refined = (inner: Schema, codec: t.Any, draft: Dialect['draft']): Schema => {
  // "All other properties in a "$ref" object MUST be ignored." (draft-07, 8.3)
  const base = draft === 'draft-07' && '$ref' in inner ? { allOf: [inner] } : inner
  const { constraints } = Meta.of(codec)
  const own = facts(codec)
  const limits = constraints === undefined ? {} : keywords(meetConstraints(limitsOf(base), constraints))
  const twoPatterns = 'pattern' in base && 'pattern' in limits && base['pattern'] !== limits['pattern']
  const comment = [
    (own['$comment'] ?? base['$comment']) as string | undefined,
    constraints === undefined ? `Refined: ${codec.name}` : undefined,
  ].filter(part => part !== undefined)
  return {
    ...own,
    ...base,
    ...limits,
    ...(twoPatterns ? { allOf: [{ type: 'string', pattern: base['pattern'] }] } : {}),
    ...own,
    ...(comment.length === 0 ? {} : { $comment: comment.join('; ') }),
  }
}

/** The keywords of a schema that are constraints as well. */
const limitsOf = (schema: Schema): Meta.Constraints =>
  Object.fromEntries(limitKeys.filter(key => key in schema).map(key => [key, schema[key]]))

const limitKeys = ['minimum', 'maximum', 'minLength', 'maxLength', 'pattern']

const keywords = ({ integer, minimum, maximum, ...rest }: Meta.Constraints): Schema => ({
  ...(integer === true ? { type: 'integer' } : {}),
  // JSON has no infinities to exclude
  ...(minimum === undefined || minimum === -Number.MAX_VALUE ? {} : { minimum }),
  ...(maximum === undefined || maximum === Number.MAX_VALUE ? {} : { maximum }),
  ...rest,
})

/** One of the schemas, in the shortest form. */
const anyOf = (schemas: ReadonlyArray<Schema>): Schema => {
  if (schemas.length === 0) return never
  if (schemas.length === 1) return schemas[0] as Schema
  const values = schemas.map(valuesOf)
  if (values.every(v => v !== undefined)) return { enum: [...new Set(values.flat())] }
  const others = schemas.filter(schema => schema['type'] !== 'null')
  const [only] = others
  return others.length === 1 && only !== undefined && typeof only['type'] === 'string'
    ? { ...only, type: [only['type'], 'null'] }
    : { anyOf: schemas }
}

/** The values of a schema that only lists values. */
const valuesOf = (schema: Schema): ReadonlyArray<unknown> | undefined => {
  const [key, ...more] = Object.keys(schema)
  if (more.length > 0) return undefined
  if (key === 'type' && schema[key] === 'null') return [null]
  return key === 'const'
    ? [schema[key]]
    : key === 'enum'
      ? (schema[key] as ReadonlyArray<unknown>)
      : undefined
}
