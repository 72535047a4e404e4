import type { SchemaTree } from 'hyparquet'
import { nameOf } from '../../schema/fieldNames.ts'
import type { Group } from '../../schema/RecordSchema.ts'

/** Columns of a record, and those among them that are made of flat ones. */
export interface NestedColumns {
  readonly children: ReadonlyArray<SchemaTree>
  readonly made: ReadonlySet<SchemaTree>
}

/**
 * Nests flat columns whose names are paths, as `pandas.json_normalize` and CSV name them:
 * `hyperparams.n_epochs`. Only where the structure has a record there, and the file no column for
 * it. The writer writes no dots: {@link nameOf} replaces them.
 */
export const nestColumns = (children: ReadonlyArray<SchemaTree>, group: Group): NestedColumns => {
  const names = new Set(children.map(({ element }) => element.name))
  const groups = new Set(
    group.fields.flatMap(({ key, value }) =>
      value.kind === 'group' && !names.has(nameOf(key)) ? [nameOf(key)] : [],
    ),
  )
  const keys = new Set(group.fields.map(({ key }) => key))
  const nested = new Map<string, Array<SchemaTree>>()
  const others: Array<SchemaTree> = []
  for (const child of children) {
    const [outer = '', ...inner] = child.element.name.split('.')
    if (inner.length === 0 || !groups.has(outer) || keys.has(child.element.name)) others.push(child)
    else {
      const all = nested.get(outer) ?? []
      nested.set(outer, all)
      all.push({ ...child, element: { ...child.element, name: inner.join('.') } })
    }
  }
  const made = Array.from(nested, ([name, all]) => ({
    children: all,
    count: all.length,
    element: { name, repetition_type: 'REQUIRED' as const, num_children: all.length },
    path: [name],
  }))
  return { children: [...others, ...made], made: new Set(made) }
}
