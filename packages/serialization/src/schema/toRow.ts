import { type EncodeError, unencodable } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { isPlainObject, put } from '@finetune-kit/codec/compile'
import { encodeJson } from '../json/encodeJson.ts'
import type { Group, RecordSchema } from './RecordSchema.ts'

/**
 * A record in the form of a fixed schema: null for empty fields, JSON texts, and
 * {@link unknownFields} at every level.
 */
export type Row = Record<string, unknown>

/**
 * The key of every row for what the schema cannot hold, as the text of a JSON object: unknown keys,
 * and fields whose value does not fit their column (-0 among integers, a lone surrogate, a null
 * where empty means absent). It takes precedence over the field's own column.
 */
export const unknownFields = Symbol('extra')

type Fields = Record<string, unknown>

/**
 * The row of a value, or the part that no format can hold. A JSON text that does not fit is among
 * the {@link unknownFields}. Default: each fits.
 */
export const toRow =
  (group: Group, fits: (json: string) => boolean = () => true) =>
  (value: unknown): E.Either<EncodeError, Row & { readonly [unknownFields]: string | null }> => {
    let error: EncodeError | undefined
    const path: Array<string | number> = []
    const refuse = (found: EncodeError) => {
      // the field of a wrapped value is no part of it
      error ??= unencodable([...path, ...found.path].slice(group.isWrapped === true ? 1 : 0), found.reason)
    }

    const cell = (structure: RecordSchema, v: unknown): unknown => {
      switch (structure.kind) {
        case 'boolean':
          return typeof v === 'boolean' ? v : misfit
        case 'long':
          return Number.isSafeInteger(v) && !Object.is(v, -0) ? v : misfit
        case 'double':
          return Number.isFinite(v) ? v : misfit
        case 'string':
          return typeof v === 'string' && v.isWellFormed() ? v : misfit
        case 'json': {
          const text = encodeJson(v)
          if (E.isRight(text)) return fits(text.right) ? text.right : misfit
          refuse(text.left)
          return ''
        }
        case 'list': {
          if (!Array.isArray(v)) return misfit
          const items: Array<unknown> = []
          for (let i = 0; i < v.length; i++) {
            path.push(i)
            const item: unknown = structure.nullable && v[i] === null ? null : cell(structure.item, v[i])
            path.pop()
            if (item === misfit) return misfit
            items.push(item)
          }
          return items
        }
        default:
          return isPlainObject(v) ? cells(structure, v) : misfit
      }
    }

    const cells = (structure: Group, v: Fields): Row => {
      const row: Row = {}
      let others: Fields | undefined
      const other = (key: string, inner: unknown) => put((others ??= {}), key, inner)
      const inherits = Object.getPrototypeOf(v) !== Object.prototype
      let strange = 0 // counts the keys that are not fields
      for (const _ in v) strange++
      for (const { key, value: inner, emptyMeans } of structure.fields) {
        const found = (inherits || key in Object.prototype) && !Object.hasOwn(v, key) ? undefined : v[key]
        if (found !== undefined) strange--
        path.push(key)
        let column: unknown = null
        if (found === undefined) {
          if (emptyMeans !== 'absent') refuse(unencodable([], 'undefined is not a value of JSON'))
        } else if (found !== null || emptyMeans !== 'null') {
          column = cell(inner, found)
          if (column === misfit) {
            other(key, found)
            column = emptyMeans === 'never' ? blank(inner) : null
          }
        }
        path.pop()
        put(row, key, column)
      }
      if (strange !== 0) {
        const misfits = others
        others = undefined
        const known = keysOf(structure)
        for (const key of Object.keys(v)) if (!known.has(key) && v[key] !== undefined) other(key, v[key])
        if (misfits !== undefined) for (const key of Object.keys(misfits)) other(key, misfits[key])
      }
      const text = others === undefined ? none : encodeJson(others)
      if (E.isLeft(text)) refuse(text.left)
      else (row as Row & { [unknownFields]: string | null })[unknownFields] = text.right
      return row
    }

    const row = isPlainObject(value) ? cells(group, value) : misfit
    if (row === misfit) return E.left(unencodable([], `expected an object: ${group.name} is one`))
    return error === undefined ? E.right(row as never) : E.left(error)
  }

const none = E.right(null)

/** A value that does not fit its column. */
const misfit = Symbol('misfit')

/** A placeholder in a column that needs a value, when {@link unknownFields} has the true one. */
const blank = (structure: RecordSchema): unknown => {
  switch (structure.kind) {
    case 'boolean':
      return false
    case 'long':
    case 'double':
      return 0
    case 'json':
      return 'null'
    case 'list':
      return []
    case 'group':
      return {
        ...Object.fromEntries(
          structure.fields.map(({ key, value, emptyMeans }) => [
            key,
            emptyMeans === 'never' ? blank(value) : null,
          ]),
        ),
        [unknownFields]: null,
      }
    default:
      return ''
  }
}

const known = new WeakMap<Group, ReadonlySet<string>>()

/** The fields of a group. */
const keysOf = (group: Group): ReadonlySet<string> => {
  const found = known.get(group) ?? new Set(group.fields.map(({ key }) => key))
  known.set(group, found)
  return found
}
