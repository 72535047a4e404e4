/**
 * The head of a value: its kind and lengths ("Overview" of formats in the MessagePack
 * specification).
 */
export interface Head {
  kind: 'scalar' | 'unsafe' | 'infinite' | 'text' | 'bytes' | 'array' | 'map' | 'extension' | 'none'
  /** Length of the head in bytes, including the value of a scalar and the type of an extension. */
  size: number
  /** Number of bytes or elements that follow. */
  length: number
}

/**
 * Reads the head of the value at `at` into `head`, so that no object is allocated for each value.
 * Returns false if bytes are missing.
 */
export const readHead = (bytes: Uint8Array, at: number, head: Head): boolean => {
  const byte = bytes[at] as number
  const set = (kind: Head['kind'], size: number, length: number): boolean => {
    head.kind = kind
    head.size = size
    head.length = length
    return at + size <= bytes.length
  }
  if (byte < 0x80 || byte >= 0xe0) return set('scalar', 1, 0)
  if (byte < 0x90) return set('map', 1, byte & 0x0f)
  if (byte < 0xa0) return set('array', 1, byte & 0x0f)
  if (byte < 0xc0) return set('text', 1, byte & 0x1f)
  switch (byte) {
    case 0xc0: // nil
    case 0xc2: // false
    case 0xc3: // true
      return set('scalar', 1, 0)
    case 0xc4:
    case 0xc5:
    case 0xc6:
      return set('bytes', 1 + (1 << (byte - 0xc4)), uint(bytes, at + 1, 1 << (byte - 0xc4)))
    case 0xc7:
    case 0xc8:
    case 0xc9:
      return set('extension', 2 + (1 << (byte - 0xc7)), uint(bytes, at + 1, 1 << (byte - 0xc7)))
    case 0xca: // float 32
      return set(isInfinite(bytes, at + 1, 0x80) ? 'infinite' : 'scalar', 5, 0)
    case 0xcb: // float 64
      return set(isInfinite(bytes, at + 1, 0xf0) ? 'infinite' : 'scalar', 9, 0)
    case 0xcc:
    case 0xcd:
    case 0xce: // uint 8, 16, 32
      return set('scalar', 1 + (1 << (byte - 0xcc)), 0)
    case 0xcf: // uint 64
      return set(uint(bytes, at + 1, 4) < 0x20_0000 ? 'scalar' : 'unsafe', 9, 0)
    case 0xd0:
    case 0xd1:
    case 0xd2: // int 8, 16, 32
      return set('scalar', 1 + (1 << (byte - 0xd0)), 0)
    case 0xd3: // int 64
      return set(isSafeInt64(bytes, at + 1) ? 'scalar' : 'unsafe', 9, 0)
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
      return set('extension', 2, 1 << (byte - 0xd4))
    case 0xd9:
    case 0xda:
    case 0xdb:
      return set('text', 1 + (1 << (byte - 0xd9)), uint(bytes, at + 1, 1 << (byte - 0xd9)))
    case 0xdc:
    case 0xdd:
      return set('array', 1 + (2 << (byte - 0xdc)), uint(bytes, at + 1, 2 << (byte - 0xdc)))
    case 0xde:
    case 0xdf:
      return set('map', 1 + (2 << (byte - 0xde)), uint(bytes, at + 1, 2 << (byte - 0xde)))
    default:
      return set('none', 1, 0)
  }
}

/** Big-endian; missing bytes count as zero. */
const uint = (bytes: Uint8Array, at: number, size: number): number => {
  let n = 0
  for (let i = 0; i < size; i++) n = n * 256 + (bytes[at + i] ?? 0)
  return n
}

/** From -(2^53 - 1) to 2^53 - 1. */
const isSafeInt64 = (bytes: Uint8Array, at: number): boolean => {
  const high = uint(bytes, at, 4) | 0
  return high < 0
    ? high > -0x20_0000 || (high === -0x20_0000 && uint(bytes, at + 4, 4) > 0)
    : high < 0x20_0000
}

/** True for NaN and the infinities: all bits of the exponent are set (IEEE 754). */
const isInfinite = (bytes: Uint8Array, at: number, exponentEnd: number): boolean =>
  ((bytes[at] ?? 0) & 0x7f) === 0x7f && ((bytes[at + 1] ?? 0) & exponentEnd) === exponentEnd
