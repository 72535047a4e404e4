import { extraName, nameOf } from '../internal/fieldNames.ts'
import { extra, type Row } from '../internal/rows.ts'
import type { Group, Structure } from '../internal/structure.ts'

/** A column as it fills: of each entry its value, or null where its definition level says that there is none, and its levels. */
export interface Leaf {
  /** The names from the root to it, as in the schema. */
  readonly path: ReadonlyArray<string>
  readonly maxDefinition: number
  values: Array<unknown>
  /** Empty where they can only be 0. */
  definition: Array<number>
  repetition: Array<number>
}

/** The columns of a structure, in the order of its schema, and how a row is laid down in them. */
export interface Shredded {
  readonly leaves: ReadonlyArray<Leaf>
  readonly push: (row: Row) => void
  /** Makes them empty. */
  readonly clear: () => void
}

interface Sink {
  readonly push: (value: unknown, definition: number, repetition: number) => void
  /** Nothing stands there, and that is said by the levels. */
  readonly nothing: (definition: number, repetition: number) => void
}

/**
 * Lays rows down in columns as they come (Apache Parquet, Nested Encoding: the levels of Dremel), so that of a record no more
 * is kept than its values. The columns are those of `schemaOf`.
 */
export const shredded = (group: Group): Shredded => {
  const leaves: Array<Leaf> = []

  const leafAt = (path: ReadonlyArray<string>, optional: boolean, above: Levels, isLong = false): Sink => {
    const maxDefinition = above.definition + (optional ? 1 : 0)
    const leaf: Leaf = { path, maxDefinition, values: [], definition: [], repetition: [] }
    leaves.push(leaf)
    const entry = (value: unknown, definition: number, repetition: number): void => {
      leaf.values.push(value)
      if (maxDefinition > 0) leaf.definition.push(definition)
      if (above.repetition > 0) leaf.repetition.push(repetition)
    }
    return {
      push: (value, definition, repetition) => {
        if (value === null) entry(null, definition, repetition)
        else entry(isLong ? BigInt(value as number) : value, maxDefinition, repetition)
      },
      nothing: (definition, repetition) => entry(null, definition, repetition),
    }
  }

  const sinkAt = (
    path: ReadonlyArray<string>,
    structure: Structure,
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
            const items = value as ReadonlyArray<unknown> | null
            if (items === null) item.nothing(definition, repetition)
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
        return leafAt(path, optional, above, structure.kind === 'long')
    }
  }

  const groupAt = (path: ReadonlyArray<string>, { fields }: Group, inside: Levels): Sink => {
    const sinks = fields.map(({ key, value, nothing }) => ({
      key,
      sink: sinkAt([...path, nameOf(key)], value, nothing !== 'never', inside),
    }))
    const others = leafAt([...path, extraName], true, inside)
    const nothing: Sink['nothing'] = (definition, repetition) => {
      for (const { sink } of sinks) sink.nothing(definition, repetition)
      others.nothing(definition, repetition)
    }
    return {
      push: (value, definition, repetition) => {
        if (value === null) {
          nothing(definition, repetition)
          return
        }
        const row = value as Row & { readonly [extra]?: string | null }
        for (const { key, sink } of sinks) sink.push(row[key], inside.definition, repetition)
        others.push(row[extra] ?? null, inside.definition, repetition)
      },
      nothing,
    }
  }

  const root = groupAt([], group, { definition: 0, repetition: 0 })
  return {
    leaves,
    push: row => root.push(row, 0, 0),
    clear: () => {
      for (const leaf of leaves) Object.assign(leaf, { values: [], definition: [], repetition: [] })
    },
  }
}

/** How many optional or repeated, and how many repeated, fields a place is inside of. */
interface Levels {
  readonly definition: number
  readonly repetition: number
}
