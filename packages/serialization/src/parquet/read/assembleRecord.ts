import {
  absent,
  compileRecordReader,
  type FieldReader,
  isPlainObject,
  put,
} from '@finetune-kit/codec/compile'
import type { SchemaTree } from 'hyparquet'
import { extraName, nameOf } from '../../schema/fieldNames.ts'
import type { RecordSchema } from '../../schema/RecordSchema.ts'
import type { ColumnCursor } from './ColumnCursor.ts'
import { nestColumns } from './dottedColumns.ts'
import type { AssemblyContext, FieldAssembler } from './FieldAssembler.ts'

/**
 * Assembles a record by the keys of the structure, and puts back the keys in its column `_unknown`.
 * A dictionary has no keys for null where its values are never null: other writers store it in
 * columns for the keys of all rows.
 */
export const assembleRecord = (
  children: ReadonlyArray<SchemaTree>,
  structure: RecordSchema | undefined,
  fieldOf: (child: SchemaTree, structure: RecordSchema | undefined) => FieldAssembler,
  { reading }: AssemblyContext,
): FieldAssembler => {
  const group = structure?.kind === 'group' ? structure : undefined
  const isDictionary = structure?.kind === 'json' && structure.isDictionary === true
  const nested = group === undefined ? { children, made: undefined } : nestColumns(children, group)
  const known = new Map(group?.fields.map(field => [nameOf(field.key), field]))
  const { path } = reading
  const leaves: Array<ColumnCursor> = []
  let unknown: unknown
  const readers = nested.children.map((child): FieldReader<void> => {
    const { name } = child.element
    const field = known.get(name)
    const key = field?.key ?? name
    const inner = fieldOf(child, field?.value)
    leaves.push(...inner.leaves)
    if (group !== undefined && name === extraName)
      return { key: undefined, read: () => (unknown = inner.read()) }
    const empty = isDictionary || field?.emptyMeans === 'absent' ? absent : null
    const mayBeEmpty = nested.made?.has(child) === true && field?.emptyMeans !== 'never'
    const read = () => {
      const value = inner.read()
      return value === undefined || (mayBeEmpty && isEmpty(value)) ? empty : value
    }
    if (child.children.length === 0 && child.element.repetition_type !== 'REPEATED') {
      reading.leafKeys.set(inner.leaves[0] as ColumnCursor, key)
      return { key, read }
    }
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
  const fields = compileRecordReader(readers)
  return {
    leaves,
    read: () => {
      unknown = undefined
      const found = fields()
      if (unknown === undefined) return found
      const parsed = typeof unknown === 'string' ? reading.json(unknown) : unknown
      // the writer quotes a text with half a surrogate pair
      const more = typeof parsed === 'string' ? reading.json(parsed) : parsed
      if (isPlainObject(more)) for (const key of Object.keys(more)) put(found, key, more[key])
      else reading.refuse([...path, extraName], 'the text of a JSON object', unknown)
      return found
    },
  }
}

/** True for a record without a value: flat columns have no other null for it. */
const isEmpty = (value: unknown): boolean => Object.values(value as object).every(inner => inner === null)
