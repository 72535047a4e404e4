import { bytesOf, writeUtf8 } from './utf8.ts'

/** A growing buffer; the bytes before `at` are written. */
export interface ByteWriter {
  buffer: Uint8Array
  view: DataView
  at: number
}

export const byteWriter = (): ByteWriter => {
  const buffer = new Uint8Array(4096)
  return { buffer, view: new DataView(buffer.buffer), at: 0 }
}

/** Returns a copy of the written bytes and empties the writer. */
export const finish = (out: ByteWriter): Uint8Array => {
  const taken = out.buffer.slice(0, out.at)
  out.at = 0
  return taken
}

/** Makes room for this many more bytes. */
export const reserve = (out: ByteWriter, size: number): void => {
  if (out.at + size > out.buffer.length) grow(out, size)
}

const grow = (out: ByteWriter, size: number): void => {
  const larger = new Uint8Array(2 * (out.at + size))
  larger.set(out.buffer.subarray(0, out.at))
  out.buffer = larger
  out.view = new DataView(larger.buffer)
}

export const byte = (out: ByteWriter, n: number): void => {
  reserve(out, 1)
  out.buffer[out.at++] = n
}

export const bytes = (out: ByteWriter, value: Uint8Array): void => {
  reserve(out, value.length)
  out.buffer.set(value, out.at)
  out.at += value.length
}

/** Lends one writer to successive callers; a nested call gets another one. */
export const withWriter = () => {
  let spare: ByteWriter | undefined
  return <A>(use: (out: ByteWriter) => A): A => {
    const out = spare ?? byteWriter()
    spare = undefined
    out.at = 0
    const used = use(out)
    if (out.buffer.length <= maxSpare) spare = out
    return used
  }
}

/** A larger writer is not kept. */
const maxSpare = 512 * 1024

/** Up to this length a loop is faster than a call. */
const short = 16

/** Longer texts are measured first, instead of reserving three bytes for each character. */
const huge = 65_536

/**
 * Writes a text as UTF-8 after a head with its length in bytes; `false`, and nothing written, for a
 * lone surrogate. A head takes at most ten bytes.
 */
export const lengthPrefixedText = (head: (out: ByteWriter, size: number) => void) => {
  const encoded = (out: ByteWriter, text: string): boolean => {
    const { length } = text
    if (length > huge) {
      if (!text.isWellFormed()) return false
      const utf8 = bytesOf(text)
      reserve(out, 10)
      head(out, utf8.length)
      bytes(out, utf8)
      return true
    }
    reserve(out, 10 + 3 * length)
    const start = out.at
    head(out, length)
    const written = writeUtf8(text, out.buffer, out.at)
    if (written !== length) {
      out.at = start
      if (!text.isWellFormed()) return false
      head(out, written) // which may take more bytes than before
      writeUtf8(text, out.buffer, out.at)
    }
    out.at += written
    return true
  }
  return (out: ByteWriter, text: string): boolean => {
    const { length } = text
    if (length > short) return encoded(out, text)
    reserve(out, 10 + length)
    const start = out.at
    head(out, length)
    const { buffer, at } = out
    for (let i = 0; i < length; i++) {
      const c = text.charCodeAt(i)
      if (c >= 0x80) {
        out.at = start
        return encoded(out, text)
      }
      buffer[at + i] = c
    }
    out.at = at + length
    return true
  }
}
