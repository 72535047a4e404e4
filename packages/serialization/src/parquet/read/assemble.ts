import type { SchemaTree } from 'hyparquet'
import { put } from '@finetune-kit/codec/compile'
import type { Group, RecordSchema } from '../../schema/RecordSchema.ts'
import { type Row } from '../../schema/toRow.ts'
import { assembleRecord } from './assembleRecord.ts'
import type { ColumnCursor } from './ColumnCursor.ts'
import { reasonOf } from './attempt.ts'
import { convertValue, primitiveValue, type ReadContext } from './convertValue.ts'
import { resetCount } from '../../schema/RecordCount.ts'
import type { Levels } from '../Levels.ts'
import type { AssemblyContext, FieldAssembler } from './FieldAssembler.ts'
import { decodeVariant } from './variant.ts'
import { isShredded, listType, mapType, shreddedVariant } from './nestedTypes.ts'

/**
 * Assembles records from the entries of their columns (Apache Parquet, Nested Encoding: the levels
 * of Dremel). Each call returns the next record. A column that the codec does not have is an
 * unknown key.
 *
 * @throws an Error when the columns do not agree
 */
export const assemble = (
  children: ReadonlyArray<SchemaTree>,
  structure: Group,
  context: AssemblyContext,
): (() => unknown) => {
  context.reading.leafKeys.clear()
  const { leaves, read } = assembleRecord(
    children,
    structure,
    (child, inner) => assembleField(child, inner, context, top),
    context,
  )
  const isWrapped = structure.isWrapped === true && context.isWrapped
  const { count } = context.reading
  return () => {
    resetCount(count)
    count.values += 2 * leaves.length
    for (const leaf of leaves) if (leaf.repetition !== 0) throw new Error(unequalLists)
    const record = read()
    return isWrapped ? (record as Row)['value'] : record
  }
}

const unequalLists = 'columns that do not agree about a list'

const top: Levels = { definition: 0, repetition: 0 }

const assembleField = (
  node: SchemaTree,
  structure: RecordSchema | undefined,
  context: AssemblyContext,
  above: Levels,
): FieldAssembler => {
  const { repetition_type } = node.element
  if (repetition_type === 'REPEATED')
    return assembleList({ repeated: node, item: itemOf(structure) }, context, above)
  if (repetition_type !== 'OPTIONAL') return assembleValue(node, structure, context, above)
  const definition = above.definition + 1
  const { leaves, read } = assembleValue(node, structure, context, { ...above, definition })
  const [first] = leaves as readonly [ColumnCursor]
  return { leaves, read: () => (first.definition >= definition ? read() : skipAbsent(leaves, definition)) }
}

/** Assembles a value that is present, from one column or from several. */
const assembleValue = (
  node: SchemaTree,
  structure: RecordSchema | undefined,
  context: AssemblyContext,
  at: Levels,
): FieldAssembler => {
  const { children, element } = node
  if (children.length === 0) {
    const column = context.columns.get(node.path.join('.'))
    if (column === undefined) throw new Error(`no column ${node.path.join('.')}`)
    return { leaves: [column], read: convertValue(structure, column, context.reading) }
  }
  const list = listType(node)
  if (list !== undefined) return assembleList({ ...list, item: itemOf(structure) }, context, at)
  const map = mapType(node)
  if (map !== undefined) return assembleMap(map, context, at)
  const isVariant = element.logical_type?.type === 'VARIANT'
  if (isVariant && isShredded(node)) throw new Error(shreddedVariant)
  const inside = isVariant ? { ...context, reading: { ...context.reading, isRaw: true } } : context
  const { leaves, read } = assembleRecord(
    children,
    isVariant ? undefined : structure,
    (inner, of) => assembleField(inner, of, inside, at),
    inside,
  )
  if (!isVariant) return { leaves, read }
  return { leaves, read: () => readVariant(read() as Row, context.reading) }
}

/** Reads a VARIANT value. An invalid one costs its record only. */
const readVariant = ({ metadata, value }: Row, context: ReadContext): unknown => {
  if (!(metadata instanceof Uint8Array) || !(value instanceof Uint8Array)) return null
  try {
    return decodeVariant({ metadata, value }, context.count, primitiveValue(context))
  } catch (error) {
    context.refuse([...context.path], 'a VARIANT value', reasonOf(error))
    return null
  }
}

const itemOf = (structure: RecordSchema | undefined): RecordSchema | undefined =>
  structure?.kind === 'list' ? structure.item : undefined

interface ListField {
  readonly repeated: SchemaTree
  /** The list's element; without it, the repeated field is the element. */
  readonly element?: SchemaTree
  readonly item: RecordSchema | undefined
}

const assembleList = (
  { repeated, element, item }: ListField,
  context: AssemblyContext,
  above: Levels,
): FieldAssembler => {
  const [definition, repetition] = [above.definition + 1, above.repetition + 1]
  const assembleItem = element === undefined ? assembleValue : assembleField
  const { leaves, read } = assembleItem(element ?? repeated, item, context, { definition, repetition })
  const [first] = leaves as readonly [ColumnCursor]
  const { path, count } = context.reading
  const perItem = 2 * leaves.length + 1
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
        const item = read() ?? null
        count.values += perItem
        if (++count.items <= count.maxValues) items.push(item)
        const hasMore = first.repetition === repetition
        for (const leaf of leaves)
          if ((leaf.repetition === repetition) !== hasMore) throw new Error(unequalLists)
      } while (first.repetition === repetition)
      path.length = depth
      return items
    },
  }
}

const assembleMap = (repeated: SchemaTree, context: AssemblyContext, at: Levels): FieldAssembler => {
  const [key, value] = repeated.children.map(({ element }) => element.name)
  const { leaves, read } = assembleList({ repeated, item: undefined }, context, at)
  return {
    leaves,
    read: () => {
      const map: Row = {}
      for (const entry of read() as ReadonlyArray<Row>)
        put(map, String(entry[key as string]), (value === undefined ? null : entry[value]) ?? null)
      return map
    },
  }
}

/** Takes the entry of each column that stands for an absent value. */
const skipAbsent = (leaves: ReadonlyArray<ColumnCursor>, definition: number): undefined => {
  for (const leaf of leaves) {
    if (leaf.definition >= definition) throw new Error('columns that do not agree about what is there')
    leaf.take()
  }
  return undefined
}
