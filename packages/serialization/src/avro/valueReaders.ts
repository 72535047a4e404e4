import type { DecodeError } from '@finetune-kit/codec'
import { compileRecordReader, put } from '@finetune-kit/codec/compile'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import type { ReaderOptions } from '../Format.ts'
import { jsonDecoder } from '../json/jsonDecoder.ts'
import { tooManyValues } from '../json/walkJson.ts'
import { noteLimit } from '../schema/RecordCount.ts'
import {
  byte,
  bytes,
  type Cursor,
  double,
  unexpectedEnd,
  fail,
  integer,
  long,
  cachedString,
  invalidate,
  spend,
  string,
} from './Cursor.ts'

/** Reads one value. */
export type ReadValue = (c: Cursor) => unknown

/**
 * Reads a record. Depth is limited by `maxDepth`, and by the stack where that limit is very high.
 */
export const readWhole = (read: ReadValue, c: Cursor): unknown => {
  try {
    return read(c)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return fail(c, 'nested too deeply to be read')
  }
}

type Limits = Required<ReaderOptions>

/** Placeholder for a reader that is not known yet. */
export const notReady: ReadValue = () => undefined

export const primitive = (type: string): ReadValue => {
  switch (type) {
    case 'null':
      return () => null
    case 'boolean':
      return c => byte(c) !== 0
    case 'int':
    case 'long':
      return integer
    case 'float':
      return c => double(c, 4)
    case 'double':
      return c => double(c, 8)
    case 'string':
      return cachedString()
    default:
      return noBytes
  }
}

const bytesHere = 'bytes, which JSON cannot represent'

const noBytes: ReadValue = c => {
  const start = c.at
  bytes(c)
  return invalidate(c, bytesHere, start, 'Write them as text')
}

export const fixed =
  (size: number): ReadValue =>
  c => {
    const start = c.at
    if (!(size >= 0 && size <= c.bytes.length - c.at)) return fail(c, unexpectedEnd, c.bytes.length)
    c.at += size
    return invalidate(c, bytesHere, start, 'Write them as text')
  }

/** Reads a JSON text as its value. */
export const json = (limits: Limits): ReadValue => {
  const decode = jsonDecoder(t.unknown, 'JSON')
  const read = cachedString()
  let last: { readonly text: string; readonly value: object } | undefined
  return c => {
    const start = c.at
    const text = read(c)
    if (c.error !== undefined || c.invalid !== undefined) return undefined
    if (text === last?.text) return { ...last.value }
    c.count.values += text.length / 2
    const value = decode(text, limits)
    if (E.isRight(value)) {
      if (isFlat(value.right)) last = { text, value: value.right }
      return value.right
    }
    noteLimit(value.left, c.count)
    return invalidate(c, jsonReason(value.left), start)
  }
}

/** The reason why a JSON text in the data is none. */
export const jsonReason = (error: DecodeError): string =>
  `a text that is not JSON: ${error._tag === 'Malformed' ? error.reason : 'too deep'}`

/** True for an object with only null values, of which a shallow copy is independent. */
const isFlat = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every(v => v === null)

export const union =
  (members: ReadonlyArray<ReadValue>): ReadValue =>
  c => {
    const start = c.at
    const read = members[long(c)]
    return read === undefined ? fail(c, 'an unknown branch of a union', start) : read(c)
  }

/** The union of null and one type, as nearly all are. Null is read as `empty`. */
export const optional = (read: ReadValue, empty: unknown): ReadValue => {
  const others = union([() => empty, read])
  return c => {
    const branch = c.bytes[c.at]
    if (branch === 0) {
      c.at++
      return empty
    }
    if (branch !== 2) return others(c)
    c.at++
    return read(c)
  }
}

export const enumSymbol =
  (symbols: ReadonlyArray<unknown>): ReadValue =>
  c => {
    const start = c.at
    const symbol = symbols[long(c)]
    return symbol === undefined ? invalidate(c, 'an unknown symbol of an enum', start) : symbol
  }

/**
 * "Arrays are encoded as a series of blocks", as maps are. A negative count is followed by the
 * block's size in bytes.
 */
const count = (c: Cursor): number => {
  const n = long(c)
  if (n < 0) long(c)
  return c.error === undefined ? Math.abs(n) : 0
}

const enter = (c: Cursor, limits: Limits): void => {
  if (++c.depth > limits.maxDepth) fail(c, `nested more than ${limits.maxDepth} levels deep`)
}

/**
 * Counts an item. Returns false if the record has more than it may: those are read, to find its
 * end, as long as they take bytes.
 */
const isKept = (c: Cursor, start: number): boolean => {
  const { count } = c
  if (++count.items <= count.maxValues) return true
  if (c.at === start) fail(c, tooManyValues(count.maxValues))
  return false
}

export const array =
  (read: ReadValue, limits: Limits): ReadValue =>
  c => {
    const items: Array<unknown> = []
    enter(c, limits)
    for (let n = count(c); n > 0; n = count(c))
      for (let left = n; left > 0 && spend(c, 1); left--) {
        const start = c.at
        const item = read(c)
        if (isKept(c, start)) items.push(item)
      }
    c.depth--
    return items
  }

export const map =
  (read: ReadValue, limits: Limits): ReadValue =>
  c => {
    const found: Record<string, unknown> = {}
    enter(c, limits)
    for (let n = count(c); n > 0; n = count(c))
      for (let left = n; left > 0 && spend(c, 1); left--) {
        const key = string(c)
        if (limits.strict && Object.hasOwn(found, key)) invalidate(c, 'a duplicate key', c.at)
        const value = read(c)
        if (isKept(c, c.at - 1)) put(found, key, value)
      }
    c.depth--
    return found
  }

export interface RecordField {
  readonly key: string
  readonly read: ReadValue
  /** True for the field that holds the unknown keys. */
  readonly holdsUnknownKeys: boolean
}

export const recordReader = (
  fields: ReadonlyArray<RecordField>,
  isWrapped: boolean,
  limits: Limits,
): ReadValue => {
  const readFields = compileRecordReader<Cursor>(
    fields.map(({ key, read, holdsUnknownKeys }) =>
      holdsUnknownKeys ? { key: undefined, read: c => (c.unknownKeys = read(c)) } : { key, read },
    ),
    c => c.error !== undefined,
  )
  return c => {
    enter(c, limits)
    if (!spend(c, fields.length)) return undefined
    const outer = c.unknownKeys
    c.unknownKeys = undefined
    const found = readFields(c)
    const { unknownKeys } = c
    c.unknownKeys = outer
    c.depth--
    if (typeof unknownKeys === 'object' && unknownKeys !== null)
      for (const key of Object.keys(unknownKeys))
        put(found, key, (unknownKeys as Record<string, unknown>)[key])
    return isWrapped ? found['value'] : found
  }
}
