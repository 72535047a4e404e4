import { byte, reserve, type ByteWriter, lengthPrefixedText } from '../../bytes/ByteWriter.ts'
import type { Leaf } from '../../schema/RecordSchema.ts'

/** Writes a value in PLAIN (Apache Parquet, Encodings, "Plain"), but a boolean as a byte. */
export const plainEncoder = (kind: Leaf['kind']): ((out: ByteWriter, value: unknown) => void) => {
  switch (kind) {
    case 'boolean':
      return (out, value) => byte(out, value === true ? 1 : 0)
    case 'long':
      return (out, value) => {
        const n = value as number
        reserve(out, 8)
        out.view.setUint32(out.at, n, true) // modulo 2^32
        out.view.setInt32(out.at + 4, Math.floor(n / 2 ** 32), true)
        out.at += 8
      }
    case 'double':
      return (out, value) => {
        reserve(out, 8)
        out.view.setFloat64(out.at, value as number, true)
        out.at += 8
      }
    default:
      return text as (out: ByteWriter, value: unknown) => void
  }
}

const text = lengthPrefixedText((out, size) => {
  out.view.setUint32(out.at, size, true)
  out.at += 4
})
