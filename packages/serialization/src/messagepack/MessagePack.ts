import { type DecodeError, decode as checked, type EncodeError } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { defaultLimits, type RecordFormat, type ValueFormat, type FormatOfValues } from '../Format.ts'
import { withWriter, finish } from '../bytes/ByteWriter.ts'
import { malformedAt } from '../malformedAt.ts'
import { type Read, messagePackReader } from './read.ts'
import { findUnencodable } from './findUnencodable.ts'
import { recordReader, tooDeep } from './recordReader.ts'
import { scanner } from './scan.ts'
import { write } from './write.ts'
import { messagePackFacts } from './facts.ts'

const { name } = messagePackFacts
const at = malformedAt(name)

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
  const accept = ({ value, entries }: Read, offset: number, strict: boolean): E.Either<DecodeError, A> =>
    strict && countKeys(value) !== entries ? E.left(at(offset, 'an object has a key twice')) : check(value)
  return {
    encode,
    decode: (written, options) => {
      const limits = options === undefined ? defaultLimits : { ...defaultLimits, ...options }
      if (written.length > limits.maxRecordBytes)
        return E.left(at(0, `a record longer than ${limits.maxRecordBytes} bytes`))
      const found = written.length > limits.maxValues ? undefined : read(written, limits.maxDepth)
      if (found?.end === written.length) return accept(found, 0, limits.strict)
      const scanned = scanner(limits)(written)
      if (scanned === 'more') return E.left(at(written.length, 'it ends too early'))
      if (scanned._tag === 'Flaw') return E.left(at(scanned.at, scanned.reason))
      if (scanned.end < written.length) return E.left(at(scanned.end, 'bytes after the value'))
      const { problem } = scanned
      if (problem !== undefined) return E.left(at(problem.at, problem.reason))
      const long = found ?? read(written, limits.maxDepth)
      return long === undefined ? E.left(at(0, tooDeep)) : accept(long, 0, limits.strict)
    },
    reader: recordReader({ read, accept }),
    writer: () => ({ push: encode, end: () => nothing }),
  }
}

/** The number of keys of all objects in a value. */
const countKeys = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value).reduce<number>((n, v) => n + countKeys(v), 0)
  return Array.isArray(value) ? inner : inner + Object.keys(value).length
}

const nothing: Uint8Array = new Uint8Array(0)

/**
 * MessagePack: one value, or many records in sequence, as every decoder reads them.
 *
 * The writer refuses lone surrogates and whatever JSON has no value for. The reader refuses bytes,
 * dates and other extensions, keys that are not strings, strings that are not UTF-8, and integers
 * that a double does not hold; each costs its record only.
 */
export const MessagePack: FormatOfValues<Uint8Array> = {
  ...messagePackFacts,
  of,
}
