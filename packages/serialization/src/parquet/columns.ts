import { extraName, nameOf } from '../internal/fieldNames.ts'
import { put, type Row } from '../internal/rows.ts'
import type { Group, Structure } from '../internal/structure.ts'

/** What reading a row needs, and what it found wrong. */
export interface Reading {
  /** What a JSON text says; the text itself where it is none. */
  readonly json: (text: string) => unknown
  /** Called for a column `_unknown` that holds no JSON object, with the path to its level. */
  readonly refuse: (path: ReadonlyArray<string | number>, found: unknown) => void
  /** The place that is read. */
  readonly path: Array<string | number>
}

/**
 * How what hyparquet read from a structure's column becomes a value. A column that the structure does not have, of a file by
 * others or of another version, is a key; what JSON has no value for stays as it is, for the codec to refuse.
 */
export const fromColumn = (structure?: Structure): ((value: unknown, reading: Reading) => unknown) => {
  const item = structure?.kind === 'list' ? fromColumn(structure.item) : free
  const group = structure?.kind === 'group' ? fromGroup(structure) : fromAnyGroup
  return (value, reading) => {
    if (value === null || value === undefined) return null
    if (typeof value === 'string') return structure?.kind === 'json' ? reading.json(value) : value
    if (typeof value === 'bigint') return safe(value)
    if (Array.isArray(value))
      return value.map((inner, i) => {
        reading.path.push(i)
        const read: unknown = item(inner, reading)
        reading.path.pop()
        return read
      })
    return isPlain(value) ? group(value, reading) : value
  }
}

/** A value of no known structure. */
const free = (value: unknown, reading: Reading): unknown => fromAny(value, reading)

const fromAnyGroup = (value: Row, reading: Reading): Row => {
  const found: Row = {}
  for (const name of Object.keys(value)) put(found, name, free(value[name], reading))
  return found
}

const fromGroup = (structure: Group) => {
  const known = new Map(
    structure.fields.map(({ key, value, nothing }) => [
      nameOf(key),
      { key, read: fromColumn(value), isAbsent: nothing === 'absent' },
    ]),
  )
  return (value: Row, reading: Reading): unknown => {
    const found: Row = {}
    for (const name of Object.keys(value)) {
      if (name === extraName) continue
      const field = known.get(name)
      const inner = value[name] ?? null
      if (inner === null && field?.isAbsent === true) continue
      const key = field?.key ?? name
      reading.path.push(key)
      put(found, key, (field?.read ?? free)(inner, reading))
      reading.path.pop()
    }
    const others = value[extraName] ?? null
    if (others !== null) {
      const more = typeof others === 'string' ? reading.json(others) : others
      if (isPlain(more)) for (const key of Object.keys(more)) put(found, key, more[key])
      else reading.refuse([...reading.path, extraName], others)
    }
    // a file that was written with another codec has no such column: its rows are what they are
    return structure.bare === true && 'value' in value ? found['value'] : found
  }
}

const fromAny = fromColumn()

const safe = (value: bigint): unknown => (Number.isSafeInteger(Number(value)) ? Number(value) : value)

const isPlain = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
