import type { SchemaTree } from 'hyparquet'
import { isListLike, isMapLike } from 'hyparquet/src/schema.js'
import { decodeVariantColumn } from 'hyparquet/src/variant.js'
import { put, type Row } from '../internal/rows.ts'
import { type Column, parsers } from './column.ts'

/**
 * How rows are put together from the entries of their columns, one after the other (Apache Parquet, Nested Encoding: the levels
 * of Dremel). Each call gives the next row, and throws an Error when the columns do not agree.
 */
export const assembled = (
  children: ReadonlyArray<SchemaTree>,
  columns: ReadonlyMap<string, Column>,
): (() => Row) => {
  const fields = children.map(child => [child.element.name, fieldOf(child, columns, top)] as const)
  const leaves = fields.flatMap(([, field]) => field.leaves)
  return () => {
    if (leaves.some(leaf => leaf.repetition !== 0)) throw new Error(disagree)
    const row: Row = {}
    for (const [name, field] of fields) put(row, name, field.read())
    return row
  }
}

const disagree = 'columns that do not agree about a list'

/** A part of the schema with the columns in it. */
interface Field {
  readonly leaves: ReadonlyArray<Column>
  /** The value that comes next. */
  readonly read: () => unknown
}

interface Levels {
  readonly definition: number
  readonly repetition: number
}

const top: Levels = { definition: 0, repetition: 0 }

const fieldOf = (node: SchemaTree, columns: ReadonlyMap<string, Column>, above: Levels): Field => {
  const { repetition_type } = node.element
  if (repetition_type === 'REPEATED') return listOf(node, columns, above)
  if (repetition_type !== 'OPTIONAL') return valueOf(node, columns, above)
  const definition = above.definition + 1
  const { leaves, read } = valueOf(node, columns, { ...above, definition })
  const [first] = leaves
  return { leaves, read: () => (isThere(first, definition) ? read() : absent(leaves, definition)) }
}

/** A value that is there: of one column, or of several. */
const valueOf = (node: SchemaTree, columns: ReadonlyMap<string, Column>, at: Levels): Field => {
  if (node.children.length === 0) {
    const column = columns.get(node.path.join('.'))
    if (column === undefined) throw new Error(`no column ${node.path.join('.')}`)
    return { leaves: [column], read: column.take }
  }
  const [child] = node.children
  if (child !== undefined && isListLike(node)) return listOf(child, columns, at, child.children[0])
  if (child !== undefined && isMapLike(node)) {
    const { leaves, read } = listOf(child, columns, at)
    return { leaves, read: () => mapOf(read() as ReadonlyArray<Row>) }
  }
  const fields = node.children.map(inner => [inner.element.name, fieldOf(inner, columns, at)] as const)
  const isVariant = node.element.logical_type?.type === 'VARIANT'
  return {
    leaves: fields.flatMap(([, field]) => field.leaves),
    read: () => {
      const row: Row = {}
      for (const [name, field] of fields) put(row, name, field.read())
      return isVariant ? decodeVariantColumn(row, parsers) : row
    },
  }
}

/** A field that repeats: a list of it, or of the one field in it. */
const listOf = (
  node: SchemaTree,
  columns: ReadonlyMap<string, Column>,
  above: Levels,
  element?: SchemaTree,
): Field => {
  const [definition, repetition] = [above.definition + 1, above.repetition + 1]
  const of = element === undefined ? valueOf : fieldOf
  const { leaves, read } = of(element ?? node, columns, { definition, repetition })
  const [first] = leaves as readonly [Column]
  return {
    leaves,
    read: () => {
      const items: Array<unknown> = []
      if (!isThere(first, definition)) {
        absent(leaves, definition)
        return items
      }
      do {
        items.push(read())
        for (const leaf of leaves)
          if ((leaf.repetition === repetition) !== (first.repetition === repetition))
            throw new Error(disagree)
      } while (first.repetition === repetition)
      return items
    },
  }
}

const isThere = (leaf: Column | undefined, definition: number): boolean =>
  leaf !== undefined && leaf.definition >= definition

/** Takes the one entry of each column that says that there is nothing. */
const absent = (leaves: ReadonlyArray<Column>, definition: number): null => {
  for (const leaf of leaves) {
    if (leaf.definition >= definition) throw new Error('columns that do not agree about what is there')
    leaf.take()
  }
  return null
}

const mapOf = (entries: ReadonlyArray<Row>): Row => {
  const map: Row = {}
  for (const { key, value } of entries) put(map, String(key), value ?? null)
  return map
}
