import { type DecodeError, decode as checked, type EncodeError } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import {
  defaultLimits,
  type ReadResult,
  maxRawBytes,
  type RecordFormat,
  type ValueFormat,
  type FormatOfValues,
} from '../Format.ts'
import { toReadResult } from '../toReadResult.ts'
import { byteQueue } from '../bytes/ByteQueue.ts'
import { withWriter, finish } from '../bytes/ByteWriter.ts'
import { malformedAt } from '../malformedAt.ts'
import { type Read, messagePackReader } from './read.ts'
import { findUnencodable } from './findUnencodable.ts'
import { scanner } from './scan.ts'
import { write } from './write.ts'
import { messagePackFacts } from './facts.ts'

const { name } = messagePackFacts
const at = malformedAt(name)

/**
 * MessagePack: one value, or many records in sequence, as every decoder reads them.
 *
 * The writer refuses lone surrogates and whatever JSON has no value for. The reader refuses bytes,
 * dates and other extensions, keys that are not strings, strings that are not UTF-8, and integers
 * that a double does not hold.
 */
const of = <A, O>(codec: t.Type<A, O>): RecordFormat<A> & ValueFormat<A, Uint8Array> => {
  const check = checked(codec)
  const read = messagePackReader()
  const lend = withWriter()
  const encode = (a: A): E.Either<EncodeError, Uint8Array> =>
    lend(out => {
      const value: unknown = codec.encode(a)
      return write(out, value, defaultLimits.maxDepth)
        ? E.right(finish(out))
        : E.left(findUnencodable(value, defaultLimits.maxDepth))
    })
  const accepted = ({ value, entries }: Read, offset: number, strict: boolean): E.Either<DecodeError, A> =>
    strict && countKeys(value) !== entries ? E.left(at(offset, 'an object has a key twice')) : check(value)
  return {
    encode,
    decode: (written, options) => {
      const limits = options === undefined ? defaultLimits : { ...defaultLimits, ...options }
      if (written.length > limits.maxRecordBytes)
        return E.left(at(0, `a record longer than ${limits.maxRecordBytes} bytes`))
      const found = read(written, limits.maxDepth)
      if (found?.end === written.length) return accepted(found, 0, limits.strict)
      const scanned = scanner(limits)(written)
      if (scanned === 'more') return E.left(at(written.length, 'it ends too early'))
      if (scanned._tag === 'Flaw') return E.left(at(scanned.at, scanned.reason))
      if (scanned.end < written.length) return E.left(at(scanned.end, 'bytes after the value'))
      return E.left(at(0, tooDeep))
    },
    reader: options => {
      const limits = { ...defaultLimits, ...options }
      const pending = byteQueue()
      const admit = toReadResult<A>(name, limits.maxRecords)
      let scan = scanner(limits)
      let isCut = false
      let stopped = false

      function* reject(reason: string, where: number): Generator<ReadResult<A>> {
        const { offset } = pending
        stopped = true
        // up to the invalid byte, so that it does not depend on chunk boundaries
        const raw = pending.take(Math.min(where + 1, pending.bytes.length, maxRawBytes))
        yield {
          ...admit(
            { offset },
            () => raw,
            () => E.left(at(offset + where, reason)),
          ),
          isFinal: true,
        } as ReadResult<A>
      }
      function* items(): Generator<ReadResult<A>> {
        while (!stopped && pending.bytes.length > 0) {
          const { offset, bytes: there } = pending
          // a scan of an incomplete value continues where it stopped
          const quick = isCut ? undefined : read(there.subarray(0, limits.maxRecordBytes), limits.maxDepth)
          if (quick !== undefined) {
            const bytes = pending.take(quick.end)
            yield admit(
              { offset },
              () => bytes,
              () => accepted(quick, offset, limits.strict),
            )
            continue
          }
          const scanned = scan(there)
          isCut = scanned === 'more'
          if (scanned === 'more') return
          if (scanned._tag === 'Flaw') {
            yield* reject(scanned.reason, scanned.at)
            return
          }
          scan = scanner(limits)
          const bytes = pending.take(scanned.end)
          const found = read(bytes, limits.maxDepth)
          yield admit(
            { offset },
            () => bytes,
            () =>
              found === undefined ? E.left(at(offset, tooDeep)) : accepted(found, offset, limits.strict),
          )
        }
      }
      return {
        push: bytes => {
          if (stopped) return []
          pending.add(bytes)
          return items()
        },
        end: () =>
          stopped || pending.bytes.length === 0 ? [] : reject('it ends too early', pending.bytes.length),
      }
    },
    writer: () => ({ push: encode, end: () => nothing }),
  }
}

/** The number of keys of all objects in a value. */
const countKeys = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value).reduce<number>((n, v) => n + countKeys(v), 0)
  return Array.isArray(value) ? inner : inner + Object.keys(value).length
}

const tooDeep = 'nested deeper than can be read here'
const nothing: Uint8Array = new Uint8Array(0)

export const MessagePack: FormatOfValues<Uint8Array> = {
  ...messagePackFacts,
  of,
}
