import type { SchemaTree } from 'hyparquet'
import { isListLike, isMapLike } from 'hyparquet/src/schema.js'
import { decodeVariantColumn } from 'hyparquet/src/variant.js'
import { put, type Row } from '../../schema/toRow.ts'
import type { Group, RecordSchema } from '../../schema/RecordSchema.ts'
import { type ColumnCursor, parsers } from './ColumnCursor.ts'
import { convertValue, toJsonValue } from './convertValue.ts'
import { assembleRecord, type AssemblyContext, type FieldAssembler } from './assembleRecord.ts'

/** How many optional or repeated, and how many repeated, fields a place is inside of. */
export interface Levels {
  readonly definition: number
  readonly repetition: number
}

/**
 * How records are put together from the entries of their columns, one after the other (Apache Parquet, Nested Encoding: the
 * levels of Dremel). Each call gives the next record, and throws an Error when the columns do not agree.
 *
 * A column that the structure does not have, of a file by others or of another version, is a key; what JSON has no value for
 * stays as it is, for the codec to refuse.
 */
export const assemble = (
  children: ReadonlyArray<SchemaTree>,
  structure: Group,
  parts: AssemblyContext,
): (() => unknown) => {
  const { leaves, read } = assembleRecord(
    children,
    structure,
    (child, inner) => fieldOf(child, inner, parts, top),
    parts,
  )
  // a file that was written with another codec has no such column: its rows are what they are
  const isBare = structure.isWrapped === true && children.some(({ element }) => element.name === 'value')
  return () => {
    for (const leaf of leaves) if (leaf.repetition !== 0) throw new Error(disagree)
    const record = read()
    return isBare ? (record as Row)['value'] : record
  }
}

const disagree = 'columns that do not agree about a list'

const top: Levels = { definition: 0, repetition: 0 }

const fieldOf = (
  node: SchemaTree,
  structure: RecordSchema | undefined,
  parts: AssemblyContext,
  above: Levels,
): FieldAssembler => {
  const { repetition_type } = node.element
  if (repetition_type === 'REPEATED') return listOf(node, itemOf(structure), parts, above)
  if (repetition_type !== 'OPTIONAL') return valueOf(node, structure, parts, above)
  const definition = above.definition + 1
  const { leaves, read } = valueOf(node, structure, parts, { ...above, definition })
  const [first] = leaves as readonly [ColumnCursor]
  return { leaves, read: () => (first.definition >= definition ? read() : skipAbsent(leaves, definition)) }
}

/** A value that is there: of one column, or of several. */
const valueOf = (
  node: SchemaTree,
  structure: RecordSchema | undefined,
  parts: AssemblyContext,
  at: Levels,
): FieldAssembler => {
  const { children, element } = node
  const [child] = children
  if (child === undefined) {
    const column = parts.columns.get(node.path.join('.'))
    if (column === undefined) throw new Error(`no column ${node.path.join('.')}`)
    return { leaves: [column], read: convertValue(structure, column, parts.reading) }
  }
  if (isListLike(node)) return listOf(child, itemOf(structure), parts, at, child.children[0])
  if (isMapLike(node)) {
    const { leaves, read } = listOf(child, undefined, parts, at)
    return { leaves, read: () => mapOf(read() as ReadonlyArray<Row>) }
  }
  const isVariant = element.logical_type?.type === 'VARIANT'
  const group = structure?.kind === 'group' && !isVariant ? structure : undefined
  const { leaves, read } = assembleRecord(
    children,
    group,
    (inner, of) => fieldOf(inner, of, parts, at),
    parts,
  )
  return { leaves, read: isVariant ? () => toJsonValue(decodeVariantColumn(read(), parsers)) : read }
}

const itemOf = (structure: RecordSchema | undefined): RecordSchema | undefined =>
  structure?.kind === 'list' ? structure.item : undefined

/** A field that repeats: a list of it, or of the one field in it. */
const listOf = (
  node: SchemaTree,
  item: RecordSchema | undefined,
  parts: AssemblyContext,
  above: Levels,
  element?: SchemaTree,
): FieldAssembler => {
  const [definition, repetition] = [above.definition + 1, above.repetition + 1]
  const of = element === undefined ? valueOf : fieldOf
  const { leaves, read } = of(element ?? node, item, parts, { definition, repetition })
  const [first] = leaves as readonly [ColumnCursor]
  const { path } = parts.reading
  return {
    leaves,
    read: () => {
      const items: Array<unknown> = []
      if (first.definition < definition) {
        skipAbsent(leaves, definition)
        return items
      }
      const depth = path.length
      do {
        path[depth] = items.length
        items.push(read() ?? null)
        const goesOn = first.repetition === repetition
        for (const leaf of leaves) if ((leaf.repetition === repetition) !== goesOn) throw new Error(disagree)
      } while (first.repetition === repetition)
      path.length = depth
      return items
    },
  }
}

/** Takes the one entry of each column that says that there is nothing. */
const skipAbsent = (leaves: ReadonlyArray<ColumnCursor>, definition: number): undefined => {
  for (const leaf of leaves) {
    if (leaf.definition >= definition) throw new Error('columns that do not agree about what is there')
    leaf.take()
  }
  return undefined
}

const mapOf = (entries: ReadonlyArray<Row>): Row => {
  const map: Row = {}
  for (const { key, value } of entries) put(map, String(key), value ?? null)
  return map
}
