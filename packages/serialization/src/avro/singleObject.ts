import { type DecodeError, decode } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { defaultLimits, type ReaderOptions, type ValueFormat } from '../Format.ts'
import { bytes, withWriter, finish } from '../bytes/ByteWriter.ts'
import { malformedAt } from '../malformedAt.ts'
import type { Group } from '../schema/RecordSchema.ts'
import { concat } from '../bytes/utf8.ts'
import type { AppendRecord } from './appendRecord.ts'
import { cursor, invalidate } from './Cursor.ts'
import { exceededLimit } from '../schema/RecordCount.ts'
import { readWhole } from './valueReaders.ts'
import { schemaReader } from './schemaReader.ts'
import { fingerprint } from './fingerprint.ts'
import { canonicalForm, type Schema } from './schema.ts'

const at = malformedAt('Avro')

/**
 * "A two-byte marker, C3 01, to show that the message is Avro and uses this single-record format."
 */
const marker = Uint8Array.of(0xc3, 0x01)

/** One value as a single object (Avro 1.11, Single-object encoding). */
export const singleObject = <A, O>(
  codec: t.Type<A, O>,
  {
    structure,
    schema,
    append,
  }: { readonly structure: Group; readonly schema: Schema; readonly append: AppendRecord<A> },
): ValueFormat<A, Uint8Array> => {
  const check = decode(codec)
  const head = concat([marker, fingerprint(canonicalForm(schema))])
  const reader = cacheLatest((limits: Required<ReaderOptions>) => schemaReader(schema, structure, limits))
  const lend = withWriter()
  return {
    encode: a =>
      lend(out => {
        bytes(out, head)
        const error = append(out, a)
        return error === undefined ? E.right(finish(out)) : E.left(error)
      }),
    decode: (written, options): E.Either<DecodeError, A> => {
      const limits = options === undefined ? defaultLimits : { ...defaultLimits, ...options }
      if (written.length > limits.maxRecordBytes)
        return E.left(at(0, `a record longer than ${limits.maxRecordBytes} bytes`))
      for (let i = 0; i < head.length; i++)
        if (written[i] !== head[i])
          return E.left(
            at(i, i < 2 ? 'not a single object' : `written with another schema than that of ${codec.name}`),
          )
      const read = reader(limits)
      if (E.isLeft(read)) return E.left(at(0, read.left))
      const c = cursor(written, undefined, limits)
      c.at = head.length
      const value = readWhole(read.right, c)
      const exceeded = exceededLimit(value, c.count)
      if (exceeded !== undefined) invalidate(c, exceeded, head.length)
      const error = c.error ?? c.invalid
      if (error !== undefined) return E.left(at(error.at, error.reason, error.remedy))
      return c.at < written.length ? E.left(at(c.at, 'bytes after the value')) : check(value)
    },
  }
}

/** Caches the value made for the latest limits. */
const cacheLatest = <A>(make: (limits: Required<ReaderOptions>) => A) => {
  let made: { readonly limits: Required<ReaderOptions>; readonly value: A } | undefined
  return (limits: Required<ReaderOptions>): A => {
    if (made === undefined || !isSame(made.limits, limits)) made = { limits, value: make(limits) }
    return made.value
  }
}

const isSame = (a: Required<ReaderOptions>, b: Required<ReaderOptions>): boolean =>
  a.maxDepth === b.maxDepth &&
  a.maxRecordBytes === b.maxRecordBytes &&
  a.maxValues === b.maxValues &&
  a.maxRecords === b.maxRecords &&
  a.strict === b.strict
