import { textAt } from '../bytes/utf8.ts'
import { defaultLimits, type ReaderOptions } from '../Format.ts'
import { recordCount, type RecordCount } from '../schema/RecordCount.ts'
import { stringCache, type StringCache } from '../bytes/StringCache.ts'

/** A cursor over untrusted bytes, for the primitives of Avro 1.11, Binary Encoding. */
export interface Cursor {
  readonly bytes: Uint8Array
  at: number
  /** The longest text, or run of bytes, that may follow a length. */
  readonly limit: number
  /** The first error. After it there is nothing more to read. */
  error: ReadError | undefined
  /** The first error of a value whose end is known all the same. */
  invalid: ReadError | undefined
  /** Number of open lists and objects. */
  depth: number
  /** Number of further values that all records together may have: values can take no bytes. */
  budget: number
  /** The values of the current record. */
  readonly count: RecordCount
  /** The current record's keys that are not in its schema. */
  unknownKeys: unknown
}

export interface ReadError {
  readonly reason: string
  readonly at: number
  readonly remedy?: string | undefined
}

export const cursor = (
  bytes: Uint8Array,
  limit = Number.POSITIVE_INFINITY,
  limits: Required<ReaderOptions> = defaultLimits,
): Cursor => ({
  bytes,
  at: 0,
  limit,
  error: undefined,
  invalid: undefined,
  depth: 0,
  budget: 4096 + 8 * bytes.length,
  count: recordCount(limits),
  unknownKeys: undefined,
})

/** Takes values out of the budget. Returns false, with an error, if it is exhausted. */
export const spend = (c: Cursor, values: number): boolean => {
  c.budget -= values
  c.count.values += values
  if (c.budget < 0) fail(c, 'more values than its bytes allow')
  return c.error === undefined
}

/** Records an error and moves to the end, so that every loop ends. */
export const fail = (c: Cursor, reason: string, at = c.at): undefined => {
  c.error ??= { reason, at }
  c.at = c.bytes.length
  return undefined
}

/** Rejects the record. Reading continues after it. */
export const invalidate = (c: Cursor, reason: string, at: number, remedy?: string): undefined => {
  c.invalid ??= { reason, at, remedy }
  return undefined
}

export const unexpectedEnd = 'it ends too early'

export const byte = (c: Cursor): number => {
  if (c.at < c.bytes.length) return c.bytes[c.at++] as number
  fail(c, unexpectedEnd)
  return 0
}

/**
 * "Variable-length zig-zag coding", up to 64 bits. Beyond 2^53 - 1 the result is no safe integer.
 */
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

/** Reads a length or a count. Returns 0, with an error, if it is no safe integer. */
export const long = (c: Cursor): number => {
  const start = c.at
  const n = zigzag(c)
  if (Number.isSafeInteger(n)) return n
  fail(c, inexact, start)
  return 0
}

/** Reads a value that has to be a safe integer. */
export const integer = (c: Cursor): number | undefined => {
  const start = c.at
  const n = zigzag(c)
  return Number.isSafeInteger(n) ? n : invalidate(c, inexact, start)
}

/** Reads a length. Returns 0, with an error, if not as many bytes follow. */
const size = (c: Cursor): number => {
  const start = c.at
  const n = long(c)
  if (n < 0) fail(c, 'a negative length', start)
  else if (n > c.limit) fail(c, `longer than ${c.limit} bytes`, start)
  else if (n > c.bytes.length - c.at) fail(c, unexpectedEnd, c.bytes.length)
  return c.error === undefined ? n : 0
}

/** Reads bytes after their length, without a copy. */
export const bytes = (c: Cursor): Uint8Array => {
  const n = size(c)
  c.at += n
  return c.bytes.subarray(c.at - n, c.at)
}

export const string = (c: Cursor): string => textBy(textAt, c)

/** Reads the texts of one field through a cache, since many recur. */
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

/** Reads a number that JSON has: NaN and the infinities reject the record. */
export const double = (c: Cursor, size: 4 | 8): number | undefined => {
  const start = c.at
  if (c.bytes.length - c.at < size) {
    fail(c, unexpectedEnd, c.bytes.length)
    return 0
  }
  for (let i = 0; i < size; i++) eight[i] = c.bytes[c.at++] as number
  const n = size === 8 ? view.getFloat64(0, true) : view.getFloat32(0, true)
  return Number.isFinite(n)
    ? n
    : invalidate(c, 'a number that is not finite, without a JSON equivalent', start, 'Write null')
}
