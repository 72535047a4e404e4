import type { DecodeError } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import type { ReaderOptions } from '../Format.ts'
import { at } from './at.ts'
import type { Reading } from './read.ts'
import { blockType, scanner } from './scan.ts'

/** What stands before the bytes of a block: an extension with a length of four bytes. */
export const blockHead = (size: number): Uint8Array =>
  new Uint8Array([0xc9, size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255, blockType])

/** The values of a block, which is an extension as a whole. */
export const unblock = (
  bytes: Uint8Array,
  {
    offset,
    limits,
    read,
  }: { readonly offset: number; readonly limits: Required<ReaderOptions>; readonly read: Reading },
): E.Either<DecodeError, ReadonlyArray<unknown>> => {
  const payload = bytes.subarray(bytes[0] === 0xc9 ? 6 : bytes[0] === 0xc8 ? 4 : bytes[0] === 0xc7 ? 3 : 2)
  const begin = offset + bytes.length - payload.length
  const maxDepth = limits.maxDepth + 1
  const found = read(payload, { maxDepth, inBlock: true })
  if (found?.end === payload.length)
    return Array.isArray(found.value)
      ? E.right(found.value as ReadonlyArray<unknown>)
      : E.left(at(begin)('a block that is not a list'))
  const scanned = scanner({ ...limits, maxDepth }, true)(payload)
  if (scanned === 'more') return E.left(at(begin + payload.length)('a block that ends too early'))
  if (scanned._tag === 'Flaw') return E.left(at(begin + scanned.at)(scanned.reason))
  if (scanned.end < payload.length)
    return E.left(at(begin + scanned.end)('bytes after the values of a block'))
  return E.left(at(begin)('a block with records that cannot be read'))
}
