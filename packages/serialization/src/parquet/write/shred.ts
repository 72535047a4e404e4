import { extraName, nameOf } from '../../schema/fieldNames.ts'
import * as E from '#fp-ts/Either'
import { encodeJson } from '../../json/encodeJson.ts'
import { unknownFields } from '../../schema/toRow.ts'
import type { Group, Leaf, RecordSchema } from '../../schema/RecordSchema.ts'

/** Position and type of a column. */
export interface ColumnPath {
  /** Names from the root to the column, as in the schema. */
  readonly path: ReadonlyArray<string>
  readonly kind: Leaf['kind']
  /** Number of optional or repeated fields, and of repeated fields, on the path. */
  readonly maxDefinition: number
  readonly maxRepetition: number
}

/** Takes the entries of a column. The value is null if the definition level says that there is none. */
export interface EntrySink {
  readonly push: (value: unknown, definition: number, repetition: number) => void
}

/** The columns of a structure in the order of its schema, and the function that shreds a record. */
export interface ShreddedColumn<A extends EntrySink> {
  readonly columns: ReadonlyArray<A>
  readonly push: (record: unknown) => void
}

/** A view of what is shredded: rows, or values that conform to the schema. */
export interface RecordView {
  /** Returns the text for a column of JSON, or null. */
  readonly json: (value: unknown) => string | null
  /** Returns the unknown keys of a group as text, or null. */
  readonly others: (group: Group) => (value: unknown) => string | null
}

export const rowView: RecordView = {
  json: text => text as string | null,
  others: () => row => (row as { readonly [unknownFields]?: string | null })[unknownFields] ?? null,
}

/** The view of values that conform. */
export const valueView: RecordView = {
  json: value => (value === undefined ? null : E.getOrElse((): string => '')(encodeJson(value))),
  others: ({ fields }) => {
    const keys = fields.flatMap(({ key, value, emptyMeans }) =>
      emptyMeans === 'absent' && value.kind !== 'json' ? [key] : [],
    )
    const texts = keys.map(key => JSON.stringify({ [key]: null }))
    return value => {
      const object = value as Readonly<Record<string, unknown>>
      let first = -1
      for (let i = 0; i < keys.length; i++) {
        if (object[keys[i] as string] !== null) continue
        if (first !== -1)
          return JSON.stringify(
            Object.fromEntries(keys.flatMap(key => (object[key] === null ? [[key, null]] : []))),
          )
        first = i
      }
      return texts[first] ?? null
    }
  },
}

interface Sink {
  readonly push: (value: unknown, definition: number, repetition: number) => void
  /** Takes an absent value, which only the levels show. */
  readonly nothing: (definition: number, repetition: number) => void
}

/**
 * Shreds records into columns as they arrive (Apache Parquet, Nested Encoding: the levels of Dremel).
 * The columns are those of `parquetSchema`.
 */
export const shred = <A extends EntrySink>(
  group: Group,
  way: RecordView,
  columnAt: (place: ColumnPath) => A,
): ShreddedColumn<A> => {
  const columns: Array<A> = []

  const leafAt = (
    path: ReadonlyArray<string>,
    kind: Leaf['kind'],
    optional: boolean,
    above: Levels,
  ): Sink => {
    const maxDefinition = above.definition + (optional ? 1 : 0)
    const column = columnAt({ path, kind, maxDefinition, maxRepetition: above.repetition })
    columns.push(column)
    const entry: Sink['push'] = (value, definition, repetition) =>
      value === null || value === undefined
        ? column.push(null, definition, repetition)
        : column.push(value, maxDefinition, repetition)
    return {
      push:
        kind === 'json'
          ? (value, definition, repetition) => entry(way.json(value), definition, repetition)
          : entry,
      nothing: (definition, repetition) => column.push(null, definition, repetition),
    }
  }

  const sinkAt = (
    path: ReadonlyArray<string>,
    structure: RecordSchema,
    optional: boolean,
    above: Levels,
  ): Sink => {
    const present = above.definition + (optional ? 1 : 0)
    switch (structure.kind) {
      case 'list': {
        const depth = above.repetition + 1
        const item = sinkAt([...path, 'list', 'element'], structure.item, structure.nullable, {
          definition: present + 1,
          repetition: depth,
        })
        return {
          push: (value, definition, repetition) => {
            const items = value as ReadonlyArray<unknown> | null | undefined
            if (items === null || items === undefined) item.nothing(definition, repetition)
            else if (items.length === 0) item.nothing(present, repetition)
            else
              for (let i = 0; i < items.length; i++)
                item.push(items[i], present + 1, i === 0 ? repetition : depth)
          },
          nothing: item.nothing,
        }
      }
      case 'group':
        return groupAt(path, structure, { ...above, definition: present })
      default:
        return leafAt(path, structure.kind, optional, above)
    }
  }

  const groupAt = (path: ReadonlyArray<string>, group: Group, inside: Levels): Sink => {
    const sinks = group.fields.map(({ key, value, emptyMeans }) => ({
      key,
      sink: sinkAt([...path, nameOf(key)], value, emptyMeans !== 'never', inside),
    }))
    const others = leafAt([...path, extraName], 'string', true, inside)
    const othersOf = way.others(group)
    const nothing: Sink['nothing'] = (definition, repetition) => {
      for (const { sink } of sinks) sink.nothing(definition, repetition)
      others.nothing(definition, repetition)
    }
    return {
      push: (value, definition, repetition) => {
        if (value === null || value === undefined) {
          nothing(definition, repetition)
          return
        }
        const record = value as Readonly<Record<string, unknown>>
        for (let i = 0; i < sinks.length; i++) {
          const { key, sink } = sinks[i] as (typeof sinks)[number]
          sink.push(record[key], inside.definition, repetition)
        }
        others.push(othersOf(record), inside.definition, repetition)
      },
      nothing,
    }
  }

  const root = groupAt([], group, { definition: 0, repetition: 0 })
  return { columns, push: record => root.push(record, 0, 0) }
}

/** Number of optional or repeated fields, and of repeated fields, around a value. */
interface Levels {
  readonly definition: number
  readonly repetition: number
}
