import { textOf } from '../../bytes/utf8.ts'
import { decimal, type InexactDecimal } from './decimal.ts'
import { dateText, timestampText, timeText } from './times.ts'

/** A value that JSON may not have. */
export type Primitive = null | boolean | number | bigint | string | Uint8Array | InexactDecimal

/**
 * Reads a primitive value of a VARIANT (VariantEncoding.md, "Primitive Types") at an offset.
 *
 * @throws an Error for an unknown type, or bytes that end too early
 */
export const readPrimitive = (view: DataView, type: number, at: number): Primitive => {
  switch (type) {
    case 0:
      return null
    case 1:
    case 2:
      return type === 1
    case 3:
      return view.getInt8(at)
    case 4:
      return view.getInt16(at, true)
    case 5:
      return view.getInt32(at, true)
    case 6:
      return view.getBigInt64(at, true)
    case 7:
      return view.getFloat64(at, true)
    case 8:
      return decimal(view.getInt32(at + 1, true), view.getUint8(at))
    case 9:
      return decimal(view.getBigInt64(at + 1, true), view.getUint8(at))
    case 10:
      return decimal(
        (view.getBigInt64(at + 9, true) << 64n) + view.getBigUint64(at + 1, true),
        view.getUint8(at),
      )
    case 11:
      return dateText(view.getInt32(at, true))
    case 12:
    case 13:
      return timestampText(view.getBigInt64(at, true), 'MICROS', type === 12)
    case 14:
      return view.getFloat32(at, true)
    case 15:
    case 16:
      return textOrBytes(view, at, type === 16)
    case 17:
      return timeText(view.getBigInt64(at, true), 'MICROS')
    case 18:
    case 19:
      return timestampText(view.getBigInt64(at, true), 'NANOS', type === 18)
    case 20:
      return uuid(bytesOf(view, at, 16))
    default:
      throw new Error(`a value of the unknown type ${type}`)
  }
}

const textOrBytes = (view: DataView, at: number, isText: boolean): string | Uint8Array => {
  const bytes = bytesOf(view, at + 4, view.getUint32(at, true))
  const text = isText ? textOf(bytes) : undefined
  if (isText && text === undefined) throw new Error('a text that is not UTF-8')
  return text ?? bytes
}

const bytesOf = ({ buffer, byteOffset, byteLength }: DataView, at: number, size: number): Uint8Array => {
  if (at + size > byteLength) throw new Error('a value that ends too early')
  return new Uint8Array(buffer, byteOffset + at, size)
}

const uuid = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
