import type { DecodeError } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { maxRawBytes, type ReaderOptions, type ReadResult, type Reject } from '../Format.ts'
import { freeBytes, maxRatio } from '../Compression.ts'
import { malformedAt } from '../malformedAt.ts'
import { decompress } from './compression.ts'
import type { Block } from './container.ts'
import { cursor, invalidate, type ReadError } from './Cursor.ts'
import { exceededLimit, resetCount } from '../schema/RecordCount.ts'
import { readWhole, type ReadValue } from './valueReaders.ts'

/** Makes the reject of some bytes. */
export type RejectBytes<A> = (
  offset: number,
  raw: Uint8Array,
  error: DecodeError,
  more: Partial<Reject>,
) => ReadResult<A>

interface BlockReaderOptions<A> {
  readonly limits: Required<ReaderOptions>
  readonly check: (value: unknown) => E.Either<DecodeError, A>
  /** Makes the result of the next record. */
  readonly toResult: (
    offset: number,
    raw: () => Uint8Array,
    check: () => E.Either<DecodeError, A>,
  ) => ReadResult<A>
  readonly reject: RejectBytes<A>
}

const at = malformedAt('Avro')

/**
 * Reads the records of a block, one at each call. After the last one the call returns undefined.
 * Blocks that together unpack to too many times their size end the reading.
 */
export const blockReader = <A>({ limits, check, toResult, reject }: BlockReaderOptions<A>) => {
  let packed = 0
  let unpacked = 0
  let records = 0
  return (block: Block, read: ReadValue, compression: string): (() => ReadResult<A> | undefined) => {
    const { offset, count } = block
    const rejectAll = (reason: string, more: Partial<Reject> = {}, remedy?: string) =>
      once(
        reject(offset, block.bytes.slice(0, maxRawBytes), at(offset, reason, remedy), {
          ...lostRecords(count),
          ...more,
        }),
      )
    packed += block.bytes.length
    if (compression !== 'null' && records + count > maxRecordsOf(packed))
      return rejectAll('more records than its bytes allow')
    records += count
    const opened = decompress(block.bytes, compression, limits.maxRecordBytes)
    if (E.isLeft(opened)) return rejectAll(opened.left.reason, {}, opened.left.remedy)
    unpacked += opened.right.length
    if (unpacked > freeBytes && unpacked > maxRatio * packed)
      return rejectAll(`it unpacks to more than ${maxRatio} times its size`, { isFinal: true })
    const c = cursor(opened.right, undefined, limits)
    const { length } = c.bytes
    let from = 0
    let value: unknown
    let i = 0
    const broken = ({ reason, at: where, remedy }: ReadError, to: number, lost: number) =>
      reject(
        offset,
        c.bytes.slice(from, Math.min(from + maxRawBytes, to)),
        at(offset, `in its block, at byte ${where}: ${reason}`, remedy),
        lostRecords(lost),
      )
    if (count === 0 && length > 0)
      return once(broken({ reason: 'bytes in a block of no records', at: 0 }, length, 1))
    const raw = () => c.bytes.slice(from, c.at)
    const checkValue = () => check(value)
    return () => {
      if (i === count) return undefined
      from = c.at
      resetCount(c.count)
      value = readWhole(read, c)
      i++
      if (c.error !== undefined || c.at === from) {
        const lost = count - i + 1
        i = count
        return broken(c.error ?? { reason: 'a record of no bytes', at: from }, length, lost)
      }
      const exceeded = exceededLimit(value, c.count)
      if (exceeded !== undefined) invalidate(c, exceeded, from)
      const isFollowed = i === count && c.at < length
      const invalid = isFollowed ? { reason: 'bytes after the records of a block', at: c.at } : c.invalid
      c.invalid = undefined
      return invalid === undefined
        ? toResult(offset, raw, checkValue)
        : broken(invalid, isFollowed ? length : c.at, 1)
    }
  }
}

/** Records of blocks of so many bytes: compressed, equal ones take hardly any. */
const maxRecordsOf = (bytes: number): number => 1_000_000 + 100 * bytes

const once = <A>(result: A): (() => A | undefined) => {
  const results = [result]
  return () => results.pop()
}

const lostRecords = (records: number): Partial<Reject> => (records > 1 ? { records } : {})
