import type { DecodeError } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { defaultLimits, type ReaderOptions, type Writer } from '../Format.ts'
import { byteWriter, finish } from '../bytes/ByteWriter.ts'
import { concat } from '../bytes/utf8.ts'
import { at } from './at.ts'
import type { Reading } from './read.ts'
import { findUnencodable } from './findUnencodable.ts'
import { blockType, scanner } from './scan.ts'
import { recordStructures } from './recordStructures.ts'
import { listHead, write } from './write.ts'

const recordsInBlock = 512

/** A block is also full when it has so many bytes: a reader takes it as a whole. */
const bytesInBlock = 1024 * 1024

/** Writes records in blocks: extensions that hold a list of values, whose keys are named once. */
export const blocksOf = <A, O>(codec: t.Type<A, O>): Writer<A> => {
  const out = byteWriter()
  let known = recordStructures()
  let count = 0
  const flush = (): Uint8Array => {
    if (count === 0) return nothing
    const values = finish(out)
    listHead(out, count)
    const head = finish(out)
    const size = head.length + values.length
    known = recordStructures()
    count = 0
    const extension = [0xc9, size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255, blockType]
    return concat([Uint8Array.from(extension), head, values])
  }
  return {
    push: a => {
      const value: unknown = codec.encode(a)
      const start = out.at
      const before = known.defined()
      if (!write(out, value, defaultLimits.maxDepth, known)) {
        out.at = start
        known.undo(before)
        return E.left(findUnencodable(value, defaultLimits.maxDepth))
      }
      count++
      return E.right(count < recordsInBlock && out.at < bytesInBlock ? nothing : flush())
    },
    end: flush,
  }
}

const nothing: Uint8Array = new Uint8Array(0)

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
