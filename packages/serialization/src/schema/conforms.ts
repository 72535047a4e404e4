import * as E from '#fp-ts/Either'
import { encodeJson } from '../json/encodeJson.ts'
import type { Group, RecordSchema } from './RecordSchema.ts'

/**
 * True if a schema holds a value as it is. Law: its row then has, at every level, no unknown fields
 * except nulls where empty means absent.
 */
export const conforms = (structure: RecordSchema): ((value: unknown) => boolean) => {
  switch (structure.kind) {
    case 'boolean':
      return v => typeof v === 'boolean'
    case 'long':
      return v => Number.isSafeInteger(v) && !Object.is(v, -0)
    case 'double':
      return v => Number.isFinite(v)
    case 'string':
      return v => typeof v === 'string' && v.isWellFormed()
    case 'json':
      return v => E.isRight(encodeJson(v))
    case 'list': {
      const { nullable } = structure
      const item = conforms(structure.item)
      return v => {
        if (!Array.isArray(v)) return false
        for (let i = 0; i < v.length; i++) if (!(nullable && v[i] === null) && !item(v[i])) return false
        return true
      }
    }
    default:
      return groupFits(structure)
  }
}

const groupFits = ({ fields }: Group): ((value: unknown) => boolean) => {
  // an absent key must not be confused with an inherited one
  if (fields.some(({ key }) => key in Object.prototype)) return () => false
  const checks = fields.map(({ key, value, emptyMeans }) => ({
    key,
    mayBeAbsent: emptyMeans === 'absent',
    mayBeNull: emptyMeans !== 'never' && value.kind !== 'json',
    fits: conforms(value),
  }))
  return v => {
    if (typeof v !== 'object' || v === null || Object.getPrototypeOf(v) !== Object.prototype) return false
    const object = v as Readonly<Record<string, unknown>>
    let unknown = 0
    for (const _ in object) unknown++
    for (let i = 0; i < checks.length; i++) {
      const check = checks[i] as (typeof checks)[number]
      const inner = object[check.key]
      if (inner === undefined) {
        if (!check.mayBeAbsent) return false
        continue
      }
      unknown--
      if (!(inner === null && check.mayBeNull) && !check.fits(inner)) return false
    }
    return unknown === 0
  }
}
