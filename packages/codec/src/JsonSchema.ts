import type * as t from 'io-ts'
import { algebra, type Dialect, type Schema, type SchemaNode } from './internal/schemaNode.ts'
import * as Shape from './Shape.ts'

/** A JSON Schema as plain data. */
export type JsonSchema = Schema

/** The edition of JSON Schema, and the side it describes: decoded input or encoded output. */
export type Options = Partial<Dialect>

/**
 * The JSON Schema of a codec (Default: 2020-12; or draft-07), with its titles, descriptions, units,
 * sources, defaults, and the known values of open enumerations as `examples`. Equal codecs have
 * equal schemas.
 *
 * Law: a validator accepts every JSON value that `codec.is` accepts, and none that does not decode.
 * Refinements without `constraints` accept more, and a `$comment` names them. Corrections made by
 * decoding do not show: items after the last one of a tuple are refused here. Keys that the codec
 * strips are refused with `side: 'encode'` and allowed otherwise. Records used more than once are
 * in `$defs` (`definitions` in draft-07). Units are part of the description and sources of
 * `$comment`, because strict validators refuse unknown keywords.
 *
 * @example
 * JsonSchema.of(record('Point', { x: Integer }, { label: t.string }))['required'] // => ['x']
 *
 * @throws when the structure of the codec is not known
 */
export const of = (codec: t.Any, { draft = '2020-12', side = 'decode' }: Options = {}): JsonSchema => {
  const root = Shape.fold(algebra({ draft, side }))(codec)
  const home = draft === 'draft-07' ? 'definitions' : '$defs'
  const names = namesOf(root)
  const child = (node: SchemaNode): Schema => {
    const name = names.get(node)
    return name === undefined ? node.write(child) : { $ref: `#/${home}/${name}` }
  }
  const written = child(root)
  // "All other properties in a "$ref" object MUST be ignored." (draft-07, 8.3)
  const body = draft === 'draft-07' && '$ref' in written ? { allOf: [written] } : written
  const parts = Object.fromEntries([...names].map(([node, name]) => [name, node.write(child)]))
  return { $schema: uris[draft], ...body, ...(names.size === 0 ? {} : { [home]: parts }) }
}

const uris = {
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
} as const

/** The nodes that are referenced, by name: recursive ones, and named ones used more than once. */
const namesOf = (root: SchemaNode): ReadonlyMap<SchemaNode, string> => {
  const uses = new Map<SchemaNode, number>()
  const visit = (node: SchemaNode): void => {
    const before = uses.get(node) ?? 0
    uses.set(node, before + 1)
    if (before === 0) node.children().forEach(visit)
  }
  visit(root)
  const names = new Map<SchemaNode, string>()
  const taken = new Set<string>()
  for (const [node, times] of uses) {
    if (node.name === undefined || (times === 1 && !node.recursive)) continue
    const base = node.name.replaceAll(/[^\w.-]/g, '_')
    let name = base
    for (let i = 2; taken.has(name); i++) name = `${base}${i}`
    taken.add(name)
    names.set(node, name)
  }
  return names
}
