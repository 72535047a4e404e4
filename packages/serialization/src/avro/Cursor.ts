import { textAt } from '../bytes/utf8.ts'
import { stringCache, type StringCache } from '../bytes/StringCache.ts'

/** Reads the primitives of Avro 1.11, Binary Encoding, from bytes that may hold anything. */
export interface Cursor {
  readonly bytes: Uint8Array
  at: number
  /** The longest text, or run of bytes, that is waited for. */
  readonly limit: number
  /** The first thing that was wrong; from then on there is nothing more to read. */
  error: ReadError | undefined
  /** The first thing that was wrong with a value, whose end is known all the same. */
  invalid: ReadError | undefined
  /** How many lists and objects the value that is read stands in. */
  depth: number
  /** How many more values may be read: a list of nulls takes no bytes however long it is, and a record may hold itself. */
  budget: number
  /** The keys of the record that is read which its schema does not name. */
  unknownKeys: unknown
}

export interface ReadError {
  readonly reason: string
  readonly at: number
}

export const cursor = (bytes: Uint8Array, limit = Number.POSITIVE_INFINITY): Cursor => ({
  bytes,
  at: 0,
  limit,
  error: undefined,
  invalid: undefined,
  depth: 0,
  budget: 4096 + 16 * bytes.length,
  unknownKeys: undefined,
})

/** What follows is read as if the bytes had ended: every loop comes to its end. */
export const fail = (c: Cursor, reason: string, at = c.at): undefined => {
  c.error ??= { reason, at }
  c.at = c.bytes.length
  return undefined
}

/** The record cannot be had; what follows it can. */
export const invalidate = (c: Cursor, reason: string, at: number): undefined => {
  c.invalid ??= { reason, at }
  return undefined
}

export const unexpectedEnd = 'it ends too early'

export const byte = (c: Cursor): number => {
  if (c.at < c.bytes.length) return c.bytes[c.at++] as number
  fail(c, unexpectedEnd)
  return 0
}

/** "Variable-length zig-zag coding", of up to 64 bits: what cannot be held exactly comes out as a number that is no safe integer. */
const zigzag = (c: Cursor): number => {
  const start = c.at
  let b = byte(c)
  if (b < 0x80) return (b >>> 1) ^ -(b & 1)
  let low = b & 0x7f
  let high = 0
  let unit = 1
  for (let i = 1; b >= 0x80; i++) {
    if (i === 10) {
      fail(c, 'an integer of more than 10 bytes', start)
      return 0
    }
    b = byte(c)
    if (i < 4) low |= (b & 0x7f) << (7 * i)
    else {
      high += (b & 0x7f) * unit
      unit *= 128
    }
  }
  if (c.error !== undefined) return 0
  const half = high * 0x800_0000 + (low >>> 1)
  return (low & 1) === 0 ? half : -half - 1
}

const inexact = 'an integer that cannot be held exactly'

/** A safe integer that the rest depends on: 0 when there is none, with the flaw set. */
export const long = (c: Cursor): number => {
  const start = c.at
  const n = zigzag(c)
  if (Number.isSafeInteger(n)) return n
  fail(c, inexact, start)
  return 0
}

/** A safe integer that is a value. */
export const integer = (c: Cursor): number | undefined => {
  const start = c.at
  const n = zigzag(c)
  return Number.isSafeInteger(n) ? n : invalidate(c, inexact, start)
}

/** How many bytes follow, all of which are there; 0 when they are not, with the flaw set. */
const size = (c: Cursor): number => {
  const start = c.at
  const n = long(c)
  if (n < 0) fail(c, 'a length below zero', start)
  else if (n > c.limit) fail(c, `a part longer than ${c.limit} bytes`, start)
  else if (n > c.bytes.length - c.at) fail(c, unexpectedEnd, c.bytes.length)
  return c.error === undefined ? n : 0
}

/** The bytes after their length, not copied; none when there are not as many. */
export const bytes = (c: Cursor): Uint8Array => {
  const n = size(c)
  c.at += n
  return c.bytes.subarray(c.at - n, c.at)
}

export const string = (c: Cursor): string => textBy(textAt, c)

/** Reads the texts of one place, of which many come again and again. */
export const cachedString = (): ((c: Cursor) => string) => {
  const found = stringCache(slots)
  return c => textBy(found, c)
}

const slots = 16

const textBy = (read: StringCache, c: Cursor): string => {
  const start = c.at
  const n = size(c)
  c.at += n
  const text = read(c.bytes, c.at - n, c.at)
  if (text === undefined) invalidate(c, 'a text that is not UTF-8', start)
  return text ?? ''
}

const eight = new Uint8Array(8)
const view = new DataView(eight.buffer)

export const double = (c: Cursor, size: 4 | 8): number => {
  if (c.bytes.length - c.at < size) {
    fail(c, unexpectedEnd, c.bytes.length)
    return 0
  }
  for (let i = 0; i < size; i++) eight[i] = c.bytes[c.at++] as number
  return size === 8 ? view.getFloat64(0, true) : view.getFloat32(0, true)
}
