import { bytesOf } from '../internal/utf8.ts'

/** Gathers the bytes of values (Avro 1.11, Binary Encoding): those before `at` are there. */
export interface Sink {
  buffer: Uint8Array
  view: DataView
  at: number
}

export const sink = (): Sink => {
  const buffer = new Uint8Array(4096)
  return { buffer, view: new DataView(buffer.buffer), at: 0 }
}

/** What was gathered, as a copy; begins anew. */
export const take = (out: Sink): Uint8Array => {
  const taken = out.buffer.slice(0, out.at)
  out.at = 0
  return taken
}

const reserve = (out: Sink, size: number): void => {
  if (out.at + size <= out.buffer.length) return
  const larger = new Uint8Array(2 * (out.at + size))
  larger.set(out.buffer.subarray(0, out.at))
  out.buffer = larger
  out.view = new DataView(larger.buffer)
}

export const byte = (out: Sink, n: number): void => {
  reserve(out, 1)
  out.buffer[out.at++] = n
}

export const bytes = (out: Sink, value: Uint8Array): void => {
  reserve(out, value.length)
  out.buffer.set(value, out.at)
  out.at += value.length
}

/** "int and long values are written using variable-length zig-zag coding": a safe integer. */
export const long = (out: Sink, n: number): void => {
  reserve(out, 10)
  const { buffer } = out
  const sign = n < 0 ? 1 : 0
  let rest = sign === 1 ? -n - 1 : n
  // twice a safe integer need not be one: the first digit has the sign and six bits
  let digit = (rest % 64) * 2 + sign
  for (rest = Math.floor(rest / 64); rest > 0x7fff_ffff; rest = Math.floor(rest / 128)) {
    buffer[out.at++] = digit | 0x80
    digit = rest % 128
  }
  for (; rest > 0; rest >>>= 7) {
    buffer[out.at++] = digit | 0x80
    digit = rest & 0x7f
  }
  buffer[out.at++] = digit
}

export const double = (out: Sink, n: number): void => {
  reserve(out, 8)
  out.view.setFloat64(out.at, n, true)
  out.at += 8
}

/** The bytes after their length. */
export const sized = (out: Sink, value: Uint8Array): void => {
  long(out, value.length)
  bytes(out, value)
}

const encoder = new TextEncoder()

/** Up to here a loop is faster than an encoder, and the length is one byte. */
const short = 40

/** Too long for three times its length to be kept free for it. */
const huge = 65_536

/** A text as UTF-8 after its length; `false`, and nothing written, where it has half a surrogate pair. */
export const string = (out: Sink, text: string): boolean => {
  const { length } = text
  if (length > short) return encoded(out, text)
  reserve(out, 1 + length)
  const { buffer, at } = out
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i)
    if (c >= 0x80) return encoded(out, text)
    buffer[at + 1 + i] = c
  }
  buffer[at] = 2 * length
  out.at = at + 1 + length
  return true
}

const encoded = (out: Sink, text: string): boolean => {
  const { length } = text
  if (length > huge) {
    const isText = text.isWellFormed()
    if (isText) sized(out, bytesOf(text))
    return isText
  }
  reserve(out, 10 + 3 * length)
  const start = out.at
  long(out, length)
  const { written } = encoder.encodeInto(text, out.buffer.subarray(out.at))
  if (written !== length) {
    out.at = start
    if (!text.isWellFormed()) return false
    long(out, written) // which may take more bytes than before
    encoder.encodeInto(text, out.buffer.subarray(out.at))
  }
  out.at += written
  return true
}
