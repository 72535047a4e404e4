import { textOf } from '../internal/utf8.ts'

/** Reads the primitives of Avro 1.11, Binary Encoding, from bytes that may hold anything. */
export interface Cursor {
  readonly bytes: Uint8Array
  at: number
  /** The longest text, or run of bytes, that is waited for. */
  readonly limit: number
  /** The first thing that was wrong; from then on there is nothing more to read. */
  flaw: Flaw | undefined
  /** The first thing that was wrong with a value, whose end is known all the same. */
  spoilt: Flaw | undefined
}

export interface Flaw {
  readonly reason: string
  readonly at: number
}

export const cursor = (bytes: Uint8Array, limit = Number.POSITIVE_INFINITY): Cursor => ({
  bytes,
  at: 0,
  limit,
  flaw: undefined,
  spoilt: undefined,
})

/** What follows is read as if the bytes had ended: every loop comes to its end. */
export const fail = (c: Cursor, reason: string, at = c.at): undefined => {
  c.flaw ??= { reason, at }
  c.at = c.bytes.length
  return undefined
}

/** The record cannot be had; what follows it can. */
export const spoil = (c: Cursor, reason: string, at: number): undefined => {
  c.spoilt ??= { reason, at }
  return undefined
}

export const early = 'it ends too early'

export const byte = (c: Cursor): number => {
  if (c.at < c.bytes.length) return c.bytes[c.at++] as number
  fail(c, early)
  return 0
}

/** "Variable-length zig-zag coding", of up to 64 bits: what cannot be held exactly comes out as a number that is no safe integer. */
const zigzag = (c: Cursor): number => {
  const start = c.at
  let b = byte(c)
  let low = b & 0x7f
  let high = 0
  for (let i = 1; b >= 0x80; i++) {
    if (i === 10) {
      fail(c, 'an integer of more than 10 bytes', start)
      return 0
    }
    b = byte(c)
    if (i < 4) low |= (b & 0x7f) << (7 * i)
    else high += (b & 0x7f) * 2 ** (7 * i - 28)
  }
  if (c.flaw !== undefined) return 0
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
  return Number.isSafeInteger(n) ? n : spoil(c, inexact, start)
}

/** The bytes after their length, not copied; none when there are not as many. */
export const bytes = (c: Cursor): Uint8Array => {
  const start = c.at
  const size = long(c)
  if (size < 0) fail(c, 'a length below zero', start)
  else if (size > c.limit) fail(c, `a part longer than ${c.limit} bytes`, start)
  else if (size > c.bytes.length - c.at) fail(c, early, c.bytes.length)
  if (c.flaw !== undefined) return c.bytes.subarray(0, 0)
  c.at += size
  return c.bytes.subarray(c.at - size, c.at)
}

export const string = (c: Cursor): string => {
  const start = c.at
  const found = bytes(c)
  const text = ascii(found) ?? textOf(found)
  if (text === undefined) spoil(c, 'a text that is not UTF-8', start)
  return text ?? ''
}

/** Several times faster than a decoder for the short texts that records are made of. */
const ascii = (text: Uint8Array): string | undefined => {
  if (text.length > 24) return undefined
  let s = ''
  for (const b of text) {
    if (b >= 0x80) return undefined
    s += String.fromCharCode(b)
  }
  return s
}

export const double = (c: Cursor, size: 4 | 8): number => {
  if (c.bytes.length - c.at < size) {
    fail(c, early, c.bytes.length)
    return 0
  }
  const view = new DataView(c.bytes.buffer, c.bytes.byteOffset + c.at, size)
  c.at += size
  return size === 8 ? view.getFloat64(0, true) : view.getFloat32(0, true)
}
