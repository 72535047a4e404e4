import { isPlain } from '@finetune-kit/codec/compile'
import { reserve, type ByteWriter, lengthPrefixedText } from '../bytes/ByteWriter.ts'

/**
 * Writes a value of at most `depth` levels. Returns false if some part of it has no MessagePack
 * bytes or no JSON value: `findUnencodable` finds the reason, and the written bytes are void.
 */
export const write = (out: ByteWriter, value: unknown, depth: number): boolean => {
  switch (typeof value) {
    case 'string':
      return text(out, value)
    case 'number':
      return number(out, value)
    case 'boolean':
      one(out, value ? 0xc3 : 0xc2)
      return true
    case 'object':
      if (value === null) {
        one(out, 0xc0)
        return true
      }
      if (depth <= 0) return false
      return Array.isArray(value) ? list(out, value, depth) : object(out, value as Fields, depth)
    default:
      return false
  }
}

type Fields = Readonly<Record<string, unknown>>

const list = (out: ByteWriter, items: ReadonlyArray<unknown>, depth: number): boolean => {
  head(out, items.length, 0x90, 0xdc)
  for (let i = 0; i < items.length; i++) if (!write(out, items[i], depth - 1)) return false
  return true
}

const object = (out: ByteWriter, fields: Fields, depth: number): boolean => {
  if (!isPlain(fields)) return false
  const keys = keysOf(fields)
  head(out, keys.length, 0x80, 0xde)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    if (!text(out, key) || !write(out, fields[key], depth - 1)) return false
  }
  return true
}

/** A key whose value is `undefined` is absent. */
const keysOf = (fields: Fields): ReadonlyArray<string> => {
  const keys = Object.keys(fields)
  for (let i = 0; i < keys.length; i++)
    if (fields[keys[i] as string] === undefined) return keys.filter(key => fields[key] !== undefined)
  return keys
}

const one = (out: ByteWriter, byte: number): void => {
  reserve(out, 1)
  out.buffer[out.at++] = byte
}

/** Writes a head byte and a big-endian integer of 1, 2 or 4 bytes. */
const sized = (out: ByteWriter, byte: number, size: 1 | 2 | 4, n: number): void => {
  reserve(out, 5)
  out.buffer[out.at++] = byte
  if (size === 1) out.buffer[out.at] = n
  else if (size === 2) out.view.setUint16(out.at, n)
  else out.view.setUint32(out.at, n)
  out.at += size
}

/**
 * Writes the head of a list or map: `short` with a length below 16, or `long` for a length of two
 * bytes and the byte after it for four.
 */
const head = (out: ByteWriter, length: number, short: number, long: number): void => {
  if (length < 16) one(out, short | length)
  else if (length < 0x1_0000) sized(out, long, 2, length)
  else sized(out, long + 1, 4, length)
}

const text = lengthPrefixedText((out, size) => {
  if (size < 32) one(out, 0xa0 | size)
  else if (size < 0x100) sized(out, 0xd9, 1, size)
  else if (size < 0x1_0000) sized(out, 0xda, 2, size)
  else sized(out, 0xdb, 4, size)
})

const number = (out: ByteWriter, n: number): boolean => {
  if ((n | 0) !== n || (n === 0 && Object.is(n, -0))) {
    if (!Number.isFinite(n)) return false
    if (n >>> 0 === n && n > 0) sized(out, 0xce, 4, n)
    else float(out, n)
  } else if (n < 0) {
    if (n >= -32) one(out, n & 0xff)
    else if (n >= -0x80) sized(out, 0xd0, 1, n)
    else if (n >= -0x8000) sized(out, 0xd1, 2, n)
    else sized(out, 0xd2, 4, n)
  } else if (n < 0x80) one(out, n)
  else if (n < 0x100) sized(out, 0xcc, 1, n)
  else if (n < 0x1_0000) sized(out, 0xcd, 2, n)
  else sized(out, 0xce, 4, n)
  return true
}

const float = (out: ByteWriter, n: number): void => {
  reserve(out, 9)
  out.buffer[out.at] = 0xcb
  out.view.setFloat64(out.at + 1, n)
  out.at += 9
}
