import type { SchemaElement } from 'hyparquet'
import { extraName, nameOf } from '../internal/fieldNames.ts'
import { extra, put, type Row } from '../internal/rows.ts'
import type { Field, Group, Structure } from '../internal/structure.ts'

/**
 * The columns of a structure, depth first as a Parquet footer lists them: lists in the three levels that the format
 * asks for, JSON as texts, and in every group a column `_unknown` for what has no other. Names are those of Avro.
 */
export const schemaOf = (group: Group): Array<SchemaElement> => [
  { name: 'root', num_children: group.fields.length + 1 },
  ...group.fields.flatMap(fieldOf),
  unknown,
]

const unknown: SchemaElement = {
  name: extraName,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  repetition_type: 'OPTIONAL',
}

const fieldOf = ({ key, value, nothing }: Field): Array<SchemaElement> =>
  elements(nameOf(key), value, nothing !== 'never')

const elements = (name: string, structure: Structure, optional: boolean): Array<SchemaElement> => {
  const base = { name, repetition_type: optional ? 'OPTIONAL' : 'REQUIRED' } as const
  switch (structure.kind) {
    case 'boolean':
      return [{ ...base, type: 'BOOLEAN' }]
    case 'long':
      return [{ ...base, type: 'INT64' }]
    case 'double':
      return [{ ...base, type: 'DOUBLE' }]
    case 'list':
      return [
        { ...base, converted_type: 'LIST', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...elements('element', structure.item, structure.nullable),
      ]
    case 'group':
      return [
        { ...base, num_children: structure.fields.length + 1 },
        ...structure.fields.flatMap(fieldOf),
        unknown,
      ]
    default:
      return [{ ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8' }]
  }
}

/** A value of {@link Row} as hyparquet-writer takes it. */
export const toColumn = (structure: Structure, value: unknown): unknown => {
  if (value === null) return null
  switch (structure.kind) {
    case 'long':
      return BigInt(value as number)
    case 'list':
      return (value as ReadonlyArray<unknown>).map(item => toColumn(structure.item, item))
    case 'group': {
      const row = value as Row & { readonly [extra]?: string | null }
      const columns: Record<string, unknown> = { [extraName]: row[extra] ?? null }
      for (const field of structure.fields) columns[nameOf(field.key)] = toColumn(field.value, row[field.key])
      return columns
    }
    default:
      return value
  }
}

/** What reading a row needs, and what it found wrong. */
export interface Reading {
  /** What a JSON text says; the text itself where it is none. */
  readonly json: (text: string) => unknown
  /** Called for a column `_unknown` that holds no JSON object, with the path to its level. */
  readonly refuse: (path: ReadonlyArray<string | number>, found: unknown) => void
}

type Path = ReadonlyArray<string | number>

/**
 * The value that hyparquet read from a structure's column. A column that the structure does not have, of a file by others or of
 * another version, is a key; what JSON has no value for stays as it is, for the codec to refuse.
 */
export const fromColumn = (
  structure: Structure | undefined,
  value: unknown,
  reading: Reading,
  path: Path = [],
): unknown => {
  if (typeof value === 'bigint') return safe(value)
  if (value === null || value === undefined) return null
  if (structure?.kind === 'json' && typeof value === 'string') return reading.json(value)
  if (Array.isArray(value)) {
    const item = structure?.kind === 'list' ? structure.item : undefined
    return value.map((inner, i) => fromColumn(item, inner, reading, [...path, i]))
  }
  return isPlain(value) ? fromGroup(structure, value, reading, path) : value
}

const fromGroup = (structure: Structure | undefined, value: Row, reading: Reading, path: Path): unknown => {
  const found: Record<string, unknown> = {}
  const fields = structure?.kind === 'group' ? structure.fields : []
  const known = new Map(fields.map(field => [nameOf(field.key), field]))
  for (const [name, inner] of Object.entries(value)) {
    const field = known.get(name)
    if (name === extraName && structure?.kind === 'group') continue
    if ((inner === null || inner === undefined) && field?.nothing === 'absent') continue
    const key = field?.key ?? name
    put(found, key, fromColumn(field?.value, inner, reading, [...path, key]))
  }
  if (structure?.kind !== 'group') return found
  const others = value[extraName] ?? undefined
  const more = typeof others === 'string' ? reading.json(others) : others
  if (isPlain(more)) for (const [key, inner] of Object.entries(more)) put(found, key, inner)
  else if (more !== undefined) reading.refuse([...path, extraName], others)
  return structure.bare ? found['value'] : found
}

const safe = (value: bigint): unknown => (Number.isSafeInteger(Number(value)) ? Number(value) : value)

const isPlain = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
