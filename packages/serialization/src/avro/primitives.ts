import { bytes, reserve, type ByteWriter, lengthPrefixedText } from '../bytes/ByteWriter.ts'

/**
 * "int and long values are written using variable-length zig-zag coding" (Avro 1.11, Binary
 * Encoding): a safe integer.
 */
export const long = (out: ByteWriter, n: number): void => {
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

export const double = (out: ByteWriter, n: number): void => {
  reserve(out, 8)
  out.view.setFloat64(out.at, n, true)
  out.at += 8
}

/** Writes the bytes after their length. */
export const sized = (out: ByteWriter, value: Uint8Array): void => {
  long(out, value.length)
  bytes(out, value)
}

/** Writes a text after its length. Returns false, and writes nothing, for a lone surrogate. */
export const string: (out: ByteWriter, text: string) => boolean = lengthPrefixedText(long)
