import { put } from '../schema/toRow.ts'
import { stringCache } from '../bytes/StringCache.ts'

/** A value, and the bytes it was read from. */
export interface Read {
  readonly value: unknown
  /** The offset after its last byte. */
  readonly end: number
  /** The number of entries of all its maps. */
  readonly entries: number
}

/**
 * Reads the value that starts at the first byte. `maxDepth` limits the nesting of lists and objects
 * that are not empty.
 */
export type MessagePackReader = (input: Uint8Array, maxDepth: number) => Read | undefined

/**
 * Makes a reader that reads a value in one pass. Law: it reads exactly what `scanner` finds no flaw
 * in; the scanner explains the rest. It allocates nothing for a length before the bytes are there.
 */
export const messagePackReader = (): MessagePackReader => {
  const keyOf = stringCache(256)
  const textOf = stringCache(256)
  let bytes: Uint8Array = nothing
  let at = 0
  let depth = 0
  let maxDepth = 0
  let entries = 0
  let isLost = false

  /** Stops reading: every later call returns at once. */
  const lose = (): undefined => {
    isLost = true
    at = bytes.length
    return undefined
  }

  const uint = (size: number): number => {
    if (at + size > bytes.length) {
      lose()
      return 0
    }
    let n = 0
    for (let i = 0; i < size; i++) n = n * 256 + (bytes[at++] as number)
    return n
  }

  const int = (size: 1 | 2 | 4): number => {
    const n = uint(size)
    const half = 2 ** (8 * size - 1)
    return n < half ? n : n - 2 * half
  }

  const int64 = (isSigned: boolean): number | undefined => {
    const high = uint(4)
    const low = uint(4)
    const n = (isSigned ? high | 0 : high) * 0x1_0000_0000 + low
    return Number.isSafeInteger(n) ? n : lose()
  }

  const float = (size: 4 | 8): number | undefined => {
    if (at + size > bytes.length) return lose()
    for (let i = 0; i < size; i++) eight[i] = bytes[at++] as number
    return size === 8 ? view.getFloat64(0) : view.getFloat32(0)
  }

  const text = (size: number, read = textOf): string | undefined => {
    if (at + size > bytes.length) return lose()
    at += size
    return read(bytes, at - size, at) ?? lose()
  }

  const key = (): string => {
    const byte = bytes[at++] as number
    const size =
      byte >= 0xa0 && byte < 0xc0 ? byte & 0x1f : byte >= 0xd9 && byte <= 0xdb ? uint(1 << (byte - 0xd9)) : -1
    return (size < 0 ? lose() : text(size, keyOf)) ?? ''
  }

  const enter = (length: number): void => {
    if (length > 0 && ++depth > maxDepth) lose()
  }

  const list = (length: number): ReadonlyArray<unknown> => {
    const items: Array<unknown> = []
    enter(length)
    for (let i = 0; i < length; i++) {
      if (isLost) break
      items.push(value())
    }
    if (length > 0) depth--
    return items
  }

  const map = (length: number): unknown => {
    const found: Record<string, unknown> = {}
    entries += length
    enter(length)
    for (let i = 0; i < length; i++) {
      if (isLost) break
      put(found, key(), value())
    }
    if (length > 0) depth--
    return found
  }

  const value = (): unknown => {
    const byte = at < bytes.length ? (bytes[at++] as number) : 0xc1
    if (byte < 0x80) return byte
    if (byte < 0x90) return map(byte & 0x0f)
    if (byte < 0xa0) return list(byte & 0x0f)
    if (byte < 0xc0) return text(byte & 0x1f)
    if (byte >= 0xe0) return byte - 0x100
    switch (byte) {
      case 0xc0:
        return null
      case 0xc2:
        return false
      case 0xc3:
        return true
      case 0xca:
        return float(4)
      case 0xcb:
        return float(8)
      case 0xcc:
        return uint(1)
      case 0xcd:
        return uint(2)
      case 0xce:
        return uint(4)
      case 0xcf:
        return int64(false)
      case 0xd0:
        return int(1)
      case 0xd1:
        return int(2)
      case 0xd2:
        return int(4)
      case 0xd3:
        return int64(true)
      case 0xd9:
        return text(uint(1))
      case 0xda:
        return text(uint(2))
      case 0xdb:
        return text(uint(4))
      case 0xdc:
        return list(uint(2))
      case 0xdd:
        return list(uint(4))
      case 0xde:
        return map(uint(2))
      case 0xdf:
        return map(uint(4))
      default:
        return lose()
    }
  }

  return (input, deepest) => {
    bytes = input
    at = 0
    depth = 0
    maxDepth = deepest
    entries = 0
    isLost = false
    try {
      const read = value()
      return isLost ? undefined : { value: read, end: at, entries }
    } catch (error) {
      // the caller allows more nesting than the stack does
      if (error instanceof RangeError) return undefined
      throw error
    } finally {
      bytes = nothing
    }
  }
}

const nothing = new Uint8Array(0)
const eight = new Uint8Array(8)
const view = new DataView(eight.buffer)
