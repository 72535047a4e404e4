import * as E from '#fp-ts/Either'
import { put } from '@finetune-kit/codec/compile'
import { encodeJson } from '../json/encodeJson.ts'
import { byte, type ByteWriter } from '../bytes/ByteWriter.ts'
import type { Group, RecordSchema } from '../schema/RecordSchema.ts'
import { double, long, string } from './primitives.ts'

/**
 * Writes a value without a row. Returns false if it needs one; the bytes written are then invalid.
 */
export type EncodeValue = (out: ByteWriter, value: unknown) => boolean

/**
 * The fast path of writing: values that match their fields. Law: its bytes are those that
 * `encodeRow` writes for the value's row. Other values, and the reason of an error, are left to the
 * row.
 */
export const encodeValue = (structure: RecordSchema): EncodeValue => {
  switch (structure.kind) {
    case 'boolean':
      return (out, v) => {
        byte(out, v === true ? 1 : 0)
        return typeof v === 'boolean'
      }
    case 'long':
      return (out, v) => {
        if (!Number.isSafeInteger(v) || Object.is(v, -0)) return false
        long(out, v as number)
        return true
      }
    case 'double':
      return (out, v) => {
        if (!Number.isFinite(v)) return false
        double(out, v as number)
        return true
      }
    case 'string':
      return (out, v) => typeof v === 'string' && string(out, v)
    case 'json':
      return (out, v) => {
        const text = encodeJson(v)
        return E.isRight(text) && string(out, text.right)
      }
    case 'list':
      return encodeList(encodeValue(structure.item), structure.nullable)
    default:
      return encodeGroup(structure)
  }
}

const encodeList =
  (item: EncodeValue, nullable: boolean): EncodeValue =>
  (out, v) => {
    if (!Array.isArray(v)) return false
    if (v.length > 0) long(out, v.length)
    for (let i = 0; i < v.length; i++) {
      const inner: unknown = v[i]
      if (nullable) byte(out, inner === null ? 0 : 2)
      if (!(nullable && inner === null) && !item(out, inner)) return false
    }
    byte(out, 0)
    return true
  }

const encodeGroup = ({ fields }: Group): EncodeValue => {
  const written = fields.map(({ key, value, emptyMeans }) => ({
    key,
    nothing: emptyMeans,
    write: encodeValue(value),
    /** JSON of the key with null, where null in the field would mean absent. */
    text: emptyMeans === 'absent' && value.kind !== 'json' ? JSON.stringify({ [key]: null }) : undefined,
  }))
  const keys = new Set(fields.map(({ key }) => key))
  // an absent key must not be taken for one that objects inherit
  if (fields.some(({ key }) => key in Object.prototype)) return () => false
  return (out, v) => {
    if (typeof v !== 'object' || v === null || Object.getPrototypeOf(v) !== Object.prototype) return false
    const object = v as Readonly<Record<string, unknown>>
    let unknown = 0
    for (const _ in object) unknown++
    let nulls: Array<(typeof written)[number]> | undefined
    for (let i = 0; i < written.length; i++) {
      const field = written[i] as (typeof written)[number]
      const inner = object[field.key]
      if (inner === undefined) {
        if (field.nothing !== 'absent') return false
        byte(out, 0)
        continue
      }
      unknown--
      if (inner === null && field.nothing === 'null') byte(out, 0)
      else if (inner === null && field.text !== undefined) {
        byte(out, 0)
        nulls ??= []
        nulls.push(field)
      } else {
        if (field.nothing !== 'never') byte(out, 2) // the branch of the union, zig-zag
        if (!field.write(out, inner)) return false
      }
    }
    if (unknown === 0 && (nulls === undefined || nulls.length === 1)) {
      const text = nulls?.[0]?.text
      byte(out, text === undefined ? 0 : 2)
      return text === undefined || string(out, text)
    }
    const more = unknownKeys(object, keys)
    for (const { key } of nulls ?? []) more[key] = null
    if (Object.keys(more).length === 0) {
      byte(out, 0)
      return true
    }
    byte(out, 2)
    const text = encodeJson(more)
    return E.isRight(text) && string(out, text.right)
  }
}

/** The keys, with their values, that have no field. */
const unknownKeys = (object: Readonly<Record<string, unknown>>, keys: ReadonlySet<string>) => {
  const more: Record<string, unknown> = {}
  for (const key of Object.keys(object))
    if (!keys.has(key) && object[key] !== undefined) put(more, key, object[key])
  return more
}
