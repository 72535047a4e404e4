import type { SchemaTree } from 'hyparquet'
import { extraName, nameOf } from '../internal/fieldNames.ts'
import { absent, objectsOf } from '../internal/objects.ts'
import { put } from '../internal/rows.ts'
import type { Group, Structure } from '../internal/structure.ts'
import type { Field, Parts } from './assembled.ts'
import { isPlain } from './leaf.ts'

/** A record of some fields of the schema: by the keys of the structure, with what is in its column `_unknown` put where it belongs. */
export const recordOf = (
  children: ReadonlyArray<SchemaTree>,
  structure: Group | undefined,
  fieldOf: (child: SchemaTree, structure: Structure | undefined) => Field,
  { reading }: Parts,
): Field => {
  const known = new Map(structure?.fields.map(field => [nameOf(field.key), field]))
  const fields = children.map(child => {
    const { name } = child.element
    const field = known.get(name)
    return {
      key: field?.key ?? name,
      isAbsent: field?.nothing === 'absent',
      isNested: child.children.length > 0,
      isExtra: structure !== undefined && name === extraName,
      field: fieldOf(child, field?.value),
    }
  })
  const make = objectsOf(fields.map(({ key }) => key))
  const { path } = reading
  return {
    leaves: fields.flatMap(({ field }) => field.leaves),
    read: () => {
      const values: Array<unknown> = []
      const depth = path.length
      let others: unknown
      for (const { key, isAbsent, isNested, isExtra, field } of fields) {
        if (isNested) path[depth] = key
        const value = field.read()
        if (isExtra) others = value
        values.push(isExtra || (value === undefined && isAbsent) ? absent : (value ?? null))
      }
      path.length = depth
      const found = make(values)
      if (others !== undefined) {
        const more = typeof others === 'string' ? reading.json(others) : others
        if (isPlain(more)) for (const key of Object.keys(more)) put(found, key, more[key])
        else reading.refuse([...path, extraName], others)
      }
      return found
    },
  }
}
