import { put } from '@finetune-kit/codec/compile'
import { textOf } from '../../bytes/utf8.ts'
import { nestedTooDeep, tooManyValues } from '../../json/walkJson.ts'
import type { RecordCount } from '../../schema/RecordCount.ts'
import { type Primitive, readPrimitive } from './variantPrimitive.ts'

/** The two columns of a VARIANT. */
export interface VariantBytes {
  /** The names of its keys. */
  readonly metadata: Uint8Array
  readonly value: Uint8Array
}

/**
 * Decodes a VARIANT (Apache Parquet, VariantEncoding.md, version 1). Offsets may point to one value
 * many times, so that a few bytes stand for any number of values: those are counted.
 *
 * @throws an Error that says what is invalid
 */
export const decodeVariant = (
  { metadata, value: bytes }: VariantBytes,
  count: RecordCount,
  toJson: (value: Primitive) => unknown,
): unknown => {
  const view = viewOf(bytes)
  const keyOf = keys(metadata)

  const decode = (at: number, depth: number): unknown => {
    if (++count.items > count.maxValues) throw new Error(tooManyValues(count.maxValues))
    const head = view.getUint8(at)
    const header = head >> 2
    switch (head & 3) {
      case 0:
        return toJson(readPrimitive(view, header, at + 1))
      case 1:
        return text(slice(bytes, at + 1, header))
      default:
        if (depth === count.maxDepth) {
          count.exceeded ??= nestedTooDeep(count.maxDepth)
          throw new Error(count.exceeded)
        }
        return (head & 3) === 2 ? object(at + 1, header, depth + 1) : list(at + 1, header, depth + 1)
    }
  }

  const object = (at: number, header: number, depth: number): unknown => {
    const [offsetBytes, idBytes] = [(header & 3) + 1, ((header >> 2) & 3) + 1]
    const { size, ids } = sizeAt(at, (header & 16) !== 0)
    const offsets = ids + size * idBytes
    const values = offsets + (size + 1) * offsetBytes
    const found: Record<string, unknown> = {}
    for (let i = 0; i < size; i++) {
      const key = keyOf(unsigned(view, ids + i * idBytes, idBytes))
      put(found, key, decode(values + unsigned(view, offsets + i * offsetBytes, offsetBytes), depth))
    }
    return found
  }

  const list = (at: number, header: number, depth: number): unknown => {
    const offsetBytes = (header & 3) + 1
    const { size, ids: offsets } = sizeAt(at, (header & 4) !== 0)
    const values = offsets + (size + 1) * offsetBytes
    const found: Array<unknown> = []
    for (let i = 0; i < size; i++)
      found.push(decode(values + unsigned(view, offsets + i * offsetBytes, offsetBytes), depth))
    return found
  }

  const sizeAt = (at: number, isLarge: boolean) => {
    const width = isLarge ? 4 : 1
    return { size: unsigned(view, at, width), ids: at + width }
  }

  return decode(0, 0)
}

/** The keys by their number. */
const keys = (metadata: Uint8Array): ((id: number) => string) => {
  const view = viewOf(metadata)
  const head = view.getUint8(0)
  if ((head & 15) !== 1) throw new Error(`VARIANT of version ${head & 15}`)
  const width = (head >> 6) + 1
  const size = unsigned(view, 1, width)
  const offset = (i: number): number => unsigned(view, 1 + width * (i + 1), width)
  const start = 1 + width * (size + 2)
  return id => {
    if (id >= size) throw new Error('a key without a name')
    const from = offset(id)
    return text(slice(metadata, start + from, offset(id + 1) - from))
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength)

const unsigned = (view: DataView, at: number, width: number): number => {
  let value = 0
  for (let i = 0; i < width; i++) value += view.getUint8(at + i) * 2 ** (8 * i)
  return value
}

const slice = (bytes: Uint8Array, at: number, size: number): Uint8Array => {
  if (size < 0 || at + size > bytes.length) throw new Error('a text that ends too early')
  return bytes.subarray(at, at + size)
}

const text = (bytes: Uint8Array): string => {
  const found = textOf(bytes)
  if (found === undefined) throw new Error('a text that is not UTF-8')
  return found
}
