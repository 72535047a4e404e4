import { bytesOf } from '../internal/utf8.ts'
import { extra, type Row } from '../internal/rows.ts'
import type { Group, Structure } from '../internal/structure.ts'

/** Gathers the bytes of values (Avro 1.11, Binary Encoding). */
export interface Sink {
  readonly size: () => number
  readonly byte: (n: number) => void
  readonly bytes: (bytes: Uint8Array) => void
  /** What was gathered, as a copy; begins anew. */
  readonly take: () => Uint8Array
}

export const sink = (): Sink => {
  let buffer = new Uint8Array(1024)
  let at = 0
  const reserve = (size: number) => {
    if (at + size <= buffer.length) return
    const larger = new Uint8Array(2 * (at + size))
    larger.set(buffer.subarray(0, at))
    buffer = larger
  }
  return {
    size: () => at,
    byte: n => {
      reserve(1)
      buffer[at++] = n
    },
    bytes: bytes => {
      reserve(bytes.length)
      buffer.set(bytes, at)
      at += bytes.length
    },
    take: () => {
      const taken = buffer.slice(0, at)
      at = 0
      return taken
    },
  }
}

/** "int and long values are written using variable-length zig-zag coding": a safe integer. */
export const long = (out: Sink, n: number): void => {
  if (n >= -0x4000_0000 && n < 0x4000_0000) {
    let z = (n << 1) ^ (n >> 31)
    for (; z > 0x7f; z >>>= 7) out.byte((z & 0x7f) | 0x80)
    out.byte(z)
    return
  }
  let z = n < 0 ? -2n * BigInt(n) - 1n : 2n * BigInt(n)
  for (; z > 0x7fn; z >>= 7n) out.byte(Number(z & 0x7fn) | 0x80)
  out.byte(Number(z))
}

export const bytes = (out: Sink, value: Uint8Array): void => {
  long(out, value.length)
  out.bytes(value)
}

export const string = (out: Sink, text: string): void => bytes(out, bytesOf(text))

const view = new DataView(new ArrayBuffer(8))
const eight = new Uint8Array(view.buffer)

/** Of a value of {@link Row}, by the schema that `schemaOf` gives for its structure. */
export const write = (out: Sink, structure: Structure, value: unknown): void => {
  switch (structure.kind) {
    case 'boolean':
      return out.byte(value === true ? 1 : 0)
    case 'long':
      return long(out, value as number)
    case 'double':
      view.setFloat64(0, value as number, true)
      return out.bytes(eight)
    case 'list': {
      const items = value as ReadonlyArray<unknown>
      if (items.length > 0) long(out, items.length)
      for (const item of items) {
        if (structure.nullable) out.byte(item === null ? 0 : 2)
        if (item !== null) write(out, structure.item, item)
      }
      return out.byte(0)
    }
    case 'group':
      return record(out, structure, value as Row)
    default:
      return string(out, value as string)
  }
}

const record = (out: Sink, group: Group, row: Row & { readonly [extra]?: string | null }): void => {
  for (const { key, value, nothing } of group.fields) {
    const cell = row[key]
    if (nothing !== 'never') out.byte(cell === null ? 0 : 2) // the branch of the union, zig-zag
    if (cell !== null) write(out, value, cell)
  }
  const others = row[extra] ?? null
  out.byte(others === null ? 0 : 2)
  if (others !== null) string(out, others)
}
