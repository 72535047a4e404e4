import { absent, compileRecordReader, type FieldReader } from '@finetune-kit/codec/compile'
import type { SchemaTree } from 'hyparquet'
import { extraName, nameOf } from '../../schema/fieldNames.ts'
import { put } from '../../schema/toRow.ts'
import type { Group, RecordSchema } from '../../schema/RecordSchema.ts'
import type { ColumnCursor } from './ColumnCursor.ts'
import { isPlain, type ReadContext } from './convertValue.ts'

/** A part of the schema with the columns in it. */
export interface FieldAssembler {
  readonly leaves: ReadonlyArray<ColumnCursor>
  /** Returns the next value; undefined if there is none, unlike the null of a JSON text. */
  readonly read: () => unknown
}

/** Columns and settings that all fields of a row group share. */
export interface AssemblyContext {
  readonly columns: ReadonlyMap<string, ColumnCursor>
  readonly reading: ReadContext
}

/** A record of some fields of the schema: by the keys of the structure, with what is in its column `_unknown` put where it belongs. */
export const assembleRecord = (
  children: ReadonlyArray<SchemaTree>,
  structure: Group | undefined,
  fieldOf: (child: SchemaTree, structure: RecordSchema | undefined) => FieldAssembler,
  { reading }: AssemblyContext,
): FieldAssembler => {
  const known = new Map(structure?.fields.map(field => [nameOf(field.key), field]))
  const { path } = reading
  const leaves: Array<ColumnCursor> = []
  let others: unknown
  const turns = children.map((child): FieldReader<void> => {
    const { name } = child.element
    const field = known.get(name)
    const key = field?.key ?? name
    const inner = fieldOf(child, field?.value)
    leaves.push(...inner.leaves)
    if (structure !== undefined && name === extraName)
      return { key: undefined, read: () => (others = inner.read()) }
    const nothing = field?.emptyMeans === 'absent' ? absent : null
    const read = () => {
      const value = inner.read()
      return value === undefined ? nothing : value
    }
    if (child.children.length === 0) return { key, read }
    return {
      key,
      read: () => {
        const depth = path.push(key) - 1
        const value = read()
        path.length = depth
        return value
      },
    }
  })
  const fields = compileRecordReader(turns)
  return {
    leaves,
    read: () => {
      others = undefined
      const found = fields()
      if (others === undefined) return found
      const more = typeof others === 'string' ? reading.json(others) : others
      if (isPlain(more)) for (const key of Object.keys(more)) put(found, key, more[key])
      else reading.refuse([...path, extraName], others)
      return found
    },
  }
}
