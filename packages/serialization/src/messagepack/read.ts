import { put } from '@finetune-kit/codec/compile'
import { stringCache } from '../bytes/StringCache.ts'
import { type Cursor, key, lose, scalar, text, uint } from './cursor.ts'

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
  const cursor: Cursor = { bytes: nothing, at: 0, isLost: false }
  let depth = 0
  let maxDepth = 0
  let entries = 0

  const enter = (length: number): void => {
    if (length > 0 && ++depth > maxDepth) lose(cursor)
  }

  const list = (length: number): ReadonlyArray<unknown> => {
    const items: Array<unknown> = []
    enter(length)
    for (let i = 0; i < length; i++) {
      if (cursor.isLost) break
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
      if (cursor.isLost) break
      put(found, key(cursor, keyOf), value())
    }
    if (length > 0) depth--
    return found
  }

  const value = (): unknown => {
    const byte = cursor.at < cursor.bytes.length ? (cursor.bytes[cursor.at++] as number) : 0xc1
    if (byte < 0x80) return byte
    if (byte < 0x90) return map(byte & 0x0f)
    if (byte < 0xa0) return list(byte & 0x0f)
    if (byte < 0xc0) return text(cursor, byte & 0x1f, textOf)
    if (byte >= 0xe0) return byte - 0x100
    switch (byte) {
      case 0xd9:
        return text(cursor, uint(cursor, 1), textOf)
      case 0xda:
        return text(cursor, uint(cursor, 2), textOf)
      case 0xdb:
        return text(cursor, uint(cursor, 4), textOf)
      case 0xdc:
        return list(uint(cursor, 2))
      case 0xdd:
        return list(uint(cursor, 4))
      case 0xde:
        return map(uint(cursor, 2))
      case 0xdf:
        return map(uint(cursor, 4))
      default:
        return scalar(cursor, byte)
    }
  }

  return (input, deepest) => {
    cursor.bytes = input
    cursor.at = 0
    cursor.isLost = false
    depth = 0
    maxDepth = deepest
    entries = 0
    try {
      const read = value()
      return cursor.isLost ? undefined : { value: read, end: cursor.at, entries }
    } catch (error) {
      // the caller allows more nesting than the stack does
      if (error instanceof RangeError) return undefined
      throw error
    } finally {
      cursor.bytes = nothing
    }
  }
}

const nothing = new Uint8Array(0)
