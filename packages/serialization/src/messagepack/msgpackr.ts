import { type DecodeError, type EncodeError, malformed, unencodable } from '@finetune-kit/codec'
import { addExtension, Packr, Unpackr } from 'msgpackr'
import * as E from '#fp-ts/Either'
import type { ReaderOptions } from '../Format.ts'
import { countKeys, NegativeZero, unmapped } from './plain.ts'
import { blockType, type Scanned, scanner } from './scan.ts'

export const name = 'MessagePack'

// a double of its own: the negative zero of IEEE 754
const negativeZero = [0xcb, 0x80, 0, 0, 0, 0, 0, 0, 0]
addExtension({
  Class: NegativeZero,
  type: 1,
  pack: ((_: unknown, allocate: (size: number) => { target: Uint8Array; position: number }) => {
    const { target, position } = allocate(negativeZero.length)
    target.set(negativeZero, position)
  }) as never,
})

const plain = { useRecords: false, int64AsType: 'number' } as const
const packr = new Packr({ ...plain, useRecords: false })
const recordPackr = new Packr({ ...plain, useRecords: true })
const unpackr = new Unpackr(plain)
const mapUnpackr = new Unpackr({ ...plain, mapsAsObjects: false })
const recordUnpackr = new Unpackr({ ...plain, useRecords: true })

/** An error at a byte of the input. */
export const at =
  (offset: number) =>
  (reason: string): DecodeError =>
    malformed(name, `${reason} (byte ${offset})`, { offset, line: 1, column: offset + 1 })

/** The bytes of a value; `asRecords` for those of a block. */
export const pack = (value: unknown, asRecords: boolean): E.Either<EncodeError, Uint8Array> => {
  try {
    // a copy: msgpackr gives a part of the buffer that it will write the next value to
    return E.right(Uint8Array.from((asRecords ? recordPackr : packr).pack(value)))
  } catch (error) {
    return E.left(unencodable([], (error as Error).message))
  }
}

/** The value whose bytes were scanned. */
export const unpack = (
  bytes: Uint8Array,
  offset: number,
  { hasProto, entries }: Scanned,
  strict: boolean,
): E.Either<DecodeError, unknown> => {
  try {
    const value: unknown = hasProto ? unmapped(mapUnpackr.unpack(bytes)) : unpackr.unpack(bytes)
    return strict && countKeys(value) !== entries
      ? E.left(at(offset)('an object has a key twice'))
      : E.right(value)
  } catch (error) {
    return E.left(at(offset)((error as Error).message))
  }
}

/** What stands before the bytes of a block: an extension with a length of four bytes. */
export const blockHead = (size: number): Uint8Array =>
  new Uint8Array([0xc9, size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255, blockType])

/** The values of a block, which is an extension as a whole. */
export const unblock = (
  bytes: Uint8Array,
  offset: number,
  limits: Required<ReaderOptions>,
): E.Either<DecodeError, ReadonlyArray<unknown>> => {
  const payload = bytes.subarray(bytes[0] === 0xc9 ? 6 : bytes[0] === 0xc8 ? 4 : bytes[0] === 0xc7 ? 3 : 2)
  const begin = offset + bytes.length - payload.length
  const scanned = scanner({ ...limits, maxDepth: limits.maxDepth + 1 }, true)(payload)
  if (scanned === 'more') return E.left(at(begin + payload.length)('a block that ends too early'))
  if (scanned._tag === 'Flaw') return E.left(at(begin + scanned.at)(scanned.reason))
  if (scanned.end < payload.length)
    return E.left(at(begin + scanned.end)('bytes after the values of a block'))
  try {
    const values: unknown = scanned.hasProto
      ? unmapped(mapUnpackr.unpack(payload))
      : recordUnpackr.unpack(payload)
    return Array.isArray(values) ? E.right(values) : E.left(at(begin)('a block that is not a list'))
  } catch (error) {
    return E.left(at(begin)((error as Error).message))
  }
}
