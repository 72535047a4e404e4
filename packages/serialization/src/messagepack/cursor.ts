import type { StringCache } from '../bytes/StringCache.ts'

/** A reading position. Once it is lost, every later read returns at once. */
export interface Cursor {
  bytes: Uint8Array
  at: number
  isLost: boolean
}

/** Stops reading: the bytes are no value. */
export const lose = (cursor: Cursor): undefined => {
  cursor.isLost = true
  cursor.at = cursor.bytes.length
  return undefined
}

/** Reads a big-endian integer without a sign; 0 if bytes are missing. */
export const uint = (cursor: Cursor, size: number): number => {
  const { bytes, at } = cursor
  if (at + size > bytes.length) {
    lose(cursor)
    return 0
  }
  let n = 0
  for (let i = at; i < at + size; i++) n = n * 256 + (bytes[i] as number)
  cursor.at = at + size
  return n
}

const int = (cursor: Cursor, size: 1 | 2 | 4): number => {
  const n = uint(cursor, size)
  const half = 2 ** (8 * size - 1)
  return n < half ? n : n - 2 * half
}

const int64 = (cursor: Cursor, isSigned: boolean): number | undefined => {
  const high = uint(cursor, 4)
  const low = uint(cursor, 4)
  const n = (isSigned ? high | 0 : high) * 0x1_0000_0000 + low
  return Number.isSafeInteger(n) ? n : lose(cursor)
}

const float = (cursor: Cursor, size: 4 | 8): number | undefined => {
  const { bytes, at } = cursor
  if (at + size > bytes.length) return lose(cursor)
  for (let i = 0; i < size; i++) eight[i] = bytes[at + i] as number
  cursor.at = at + size
  const n = size === 8 ? view.getFloat64(0) : view.getFloat32(0)
  return Number.isFinite(n) ? n : lose(cursor)
}

const eight = new Uint8Array(8)
const view = new DataView(eight.buffer)

/** Reads a string of a length in bytes. */
export const text = (cursor: Cursor, size: number, read: StringCache): string | undefined => {
  const { bytes, at } = cursor
  if (at + size > bytes.length) return lose(cursor)
  cursor.at = at + size
  return read(bytes, at, at + size) ?? lose(cursor)
}

/** Reads the key of a map; an empty one if it is not a string. */
export const key = (cursor: Cursor, read: StringCache): string => {
  const byte = cursor.bytes[cursor.at++] as number
  const size =
    byte >= 0xa0 && byte < 0xc0
      ? byte & 0x1f
      : byte >= 0xd9 && byte <= 0xdb
        ? uint(cursor, 1 << (byte - 0xd9))
        : -1
  return (size < 0 ? lose(cursor) : text(cursor, size, read)) ?? ''
}

/** Reads a scalar that is not a string, after its first byte. */
export const scalar = (cursor: Cursor, byte: number): unknown => {
  switch (byte) {
    case 0xc0:
      return null
    case 0xc2:
      return false
    case 0xc3:
      return true
    case 0xca:
      return float(cursor, 4)
    case 0xcb:
      return float(cursor, 8)
    case 0xcc:
      return uint(cursor, 1)
    case 0xcd:
      return uint(cursor, 2)
    case 0xce:
      return uint(cursor, 4)
    case 0xcf:
      return int64(cursor, false)
    case 0xd0:
      return int(cursor, 1)
    case 0xd1:
      return int(cursor, 2)
    case 0xd2:
      return int(cursor, 4)
    case 0xd3:
      return int64(cursor, true)
    default:
      return lose(cursor)
  }
}
