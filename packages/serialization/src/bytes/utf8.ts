const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** Node's Buffer method, in a third of the time of a decoder: that one makes UTF-16 first. */
const utf8: ((this: Uint8Array, from: number, to: number) => string) | undefined =
  globalThis.Buffer?.prototype.utf8Slice

/** The text of UTF-8 bytes, with its byte order mark if any; `undefined` if they are not UTF-8. */
export const textOf = (bytes: Uint8Array): string | undefined => decoded(bytes, 0, bytes.length)

/** The text of a range of UTF-8 bytes; `undefined` if they are not UTF-8. */
export const textAt = (bytes: Uint8Array, from: number, to: number): string | undefined =>
  to - from <= short ? shortText(bytes, from, to) : decoded(bytes, from, to)

const decoded = (bytes: Uint8Array, from: number, to: number): string | undefined => {
  try {
    const text = utf8?.call(bytes, from, to)
    // invalid bytes become U+FFFD, which a text may also contain
    return text === undefined || text.includes('\ufffd') ? strict.decode(bytes.subarray(from, to)) : text
  } catch {
    return undefined
  }
}

/** Up to this length, building the text by characters is faster than a call. */
const short = 8

const shortText = (bytes: Uint8Array, from: number, to: number): string | undefined => {
  let text = ''
  let all = 0
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number
    all |= byte
    text += String.fromCharCode(byte)
  }
  return all < 0x80 ? text : textOf(bytes.subarray(from, to))
}

/** Node's Buffer method, in half the time of an encoder, which also needs a view. */
const utf8Write: ((this: Uint8Array, text: string, at: number, length: number) => number) | undefined =
  globalThis.Buffer?.prototype.utf8Write

/**
 * Writes whole characters of a text as UTF-8 from an index on, as far as there is room, and returns
 * the number of bytes. A lone surrogate becomes U+FFFD.
 */
export const writeUtf8 = (text: string, to: Uint8Array, at: number): number =>
  utf8Write === undefined
    ? encoder.encodeInto(text, to.subarray(at)).written
    : utf8Write.call(to, text, at, to.length - at)

export const bytesOf = (text: string): Uint8Array => encoder.encode(text)

/** A copy of these bytes; `slice` of Node's Buffer would share the memory. */
export const copyOf = (bytes: Uint8Array, from = 0, to = bytes.length): Uint8Array<ArrayBuffer> =>
  new Uint8Array(bytes.subarray(from, to))

/** All parts as one; a single part is returned as it is. */
export const concat = (parts: ReadonlyArray<Uint8Array>): Uint8Array =>
  parts.length === 1 ? (parts[0] as Uint8Array) : concatCopy(parts)

/** All parts as one, in memory of its own. */
export const concatCopy = (parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** The length of the longest prefix of whole UTF-8 characters. */
export const wholeCharacters = (bytes: Uint8Array): number => {
  let at = 0
  while (at < bytes.length) {
    const length = characterAt(bytes, at)
    if (length === 0) return at
    at += length
  }
  return at
}

/** RFC 3629, section 4: the length of the character that starts here, 0 if none does. */
const characterAt = (bytes: Uint8Array, at: number): number => {
  const a = bytes[at] as number
  if (a < 0x80) return 1
  const length = a < 0xc2 ? 0 : a < 0xe0 ? 2 : a < 0xf0 ? 3 : a < 0xf5 ? 4 : 0
  const b = bytes[at + 1] ?? 0
  const least = a === 0xe0 ? 0xa0 : a === 0xf0 ? 0x90 : 0x80
  const most = a === 0xed ? 0x9f : a === 0xf4 ? 0x8f : 0xbf
  if (length === 0 || b < least || b > most) return 0
  for (let i = 2; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}
