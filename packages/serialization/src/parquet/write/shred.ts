import { hasLoneSurrogate } from '../../json/hasLoneSurrogate.ts'
import { extraName, nameOf } from '../../schema/fieldNames.ts'
import { type Row, unknownFields } from '../../schema/toRow.ts'
import type { Group, Leaf, List, RecordSchema } from '../../schema/RecordSchema.ts'
import type { Levels } from '../Levels.ts'

/** Position and type of a column. */
export interface ColumnPath {
  /** Names from the root to the column, as in the schema. */
  readonly path: ReadonlyArray<string>
  readonly kind: Leaf['kind']
  /** The column identifies the record. */
  readonly isIdentity: boolean
  /** Number of optional or repeated fields, and of repeated fields, on the path. */
  readonly maxDefinition: number
  readonly maxRepetition: number
}

/** Takes the entries of a column, or of the columns of a field. */
export interface EntrySink {
  readonly push: (value: unknown, definition: number, repetition: number) => void
  /** Takes an absent value, which only the levels show. */
  readonly absent: (definition: number, repetition: number) => void
}

/** The columns of a structure in the order of its schema, and the function that shreds a row. */
export interface ShreddedColumn<A extends EntrySink> {
  readonly columns: ReadonlyArray<A>
  readonly push: (row: Row) => void
}

/** State that the columns of one structure share. */
interface Context<A extends EntrySink> {
  readonly columnAt: (column: ColumnPath) => A
  readonly columns: Array<A>
}

/**
 * Shreds rows into columns as they arrive (Apache Parquet, Nested Encoding: the levels of Dremel).
 * The columns are those of `parquetSchema`.
 */
export const shred = <A extends EntrySink>(
  group: Group,
  columnAt: (column: ColumnPath) => A,
): ShreddedColumn<A> => {
  const columns: Array<A> = []
  const root = shredGroup({ columnAt, columns }, [], group, { definition: 0, repetition: 0 })
  return { columns, push: row => root.push(row, 0, 0) }
}

interface Field {
  readonly path: ReadonlyArray<string>
  readonly isOptional: boolean
  readonly isIdentity?: boolean
  readonly above: Levels
}

const shredField = <A extends EntrySink>(
  context: Context<A>,
  structure: RecordSchema,
  field: Field,
): EntrySink => {
  const { path, isOptional, above } = field
  const definition = above.definition + (isOptional ? 1 : 0)
  switch (structure.kind) {
    case 'list':
      return shredList(context, structure, path, { ...above, definition })
    case 'group':
      return shredGroup(context, path, structure, { ...above, definition })
    default:
      return shredLeaf(context, structure.kind, field)
  }
}

const shredLeaf = <A extends EntrySink>(
  { columnAt, columns }: Context<A>,
  kind: Leaf['kind'],
  { path, isOptional, isIdentity = false, above }: Field,
): EntrySink => {
  const maxDefinition = above.definition + (isOptional ? 1 : 0)
  const column = columnAt({ path, kind, isIdentity, maxDefinition, maxRepetition: above.repetition })
  columns.push(column)
  return {
    push: (value, definition, repetition) =>
      value === null || value === undefined
        ? column.absent(definition, repetition)
        : column.push(value, maxDefinition, repetition),
    absent: column.absent,
  }
}

const shredList = <A extends EntrySink>(
  context: Context<A>,
  { item: structure, nullable }: List,
  path: ReadonlyArray<string>,
  inside: Levels,
): EntrySink => {
  const definition = inside.definition + 1
  const repetition = inside.repetition + 1
  const item = shredField(context, structure, {
    path: [...path, 'list', 'element'],
    isOptional: nullable,
    above: { definition, repetition },
  })
  return {
    push: (value, outerDefinition, outerRepetition) => {
      const items = value as ReadonlyArray<unknown> | null | undefined
      if (items === null || items === undefined) item.absent(outerDefinition, outerRepetition)
      else if (items.length === 0) item.absent(inside.definition, outerRepetition)
      else
        for (let i = 0; i < items.length; i++)
          item.push(items[i], definition, i === 0 ? outerRepetition : repetition)
    },
    absent: item.absent,
  }
}

/** A text with half a surrogate pair, as a JSON string: no escape of one is left for a parser. */
const quoted = (json: string | null | undefined): string | null | undefined =>
  typeof json === 'string' && hasLoneSurrogate(json) ? JSON.stringify(json) : json

const shredGroup = <A extends EntrySink>(
  context: Context<A>,
  path: ReadonlyArray<string>,
  group: Group,
  inside: Levels,
): EntrySink => {
  const fields = group.fields.map(({ key, value, emptyMeans, isIdentity = false }) => ({
    key,
    sink: shredField(context, value, {
      path: [...path, nameOf(key)],
      isOptional: emptyMeans !== 'never',
      isIdentity: isIdentity && path.length === 0,
      above: inside,
    }),
  }))
  const unknown = shredLeaf(context, 'json', {
    path: [...path, extraName],
    isOptional: true,
    above: inside,
  })
  const absent: EntrySink['absent'] = (definition, repetition) => {
    for (const { sink } of fields) sink.absent(definition, repetition)
    unknown.absent(definition, repetition)
  }
  return {
    push: (value, definition, repetition) => {
      if (value === null || value === undefined) {
        absent(definition, repetition)
        return
      }
      const row = value as Row & { readonly [unknownFields]?: string | null }
      for (let i = 0; i < fields.length; i++) {
        const { key, sink } = fields[i] as (typeof fields)[number]
        sink.push(row[key], inside.definition, repetition)
      }
      unknown.push(quoted(row[unknownFields]), inside.definition, repetition)
    },
    absent,
  }
}
