import { type DecodeError, decode as checked } from '@finetune-kit/codec'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { appendRecord } from './appendRecord.ts'
import { at, name } from './at.ts'
import { compress, compressionFor, decompress } from './compression.ts'
import { type Block, container, magic, type ContainerPart } from './container.ts'
import { cursor, type ReadError } from './Cursor.ts'
import { readWhole, notReady } from './valueReaders.ts'
import { schemaReader } from './schemaReader.ts'
import { long, sized, string } from './primitives.ts'
import { canonical, fingerprint, type Schema, schemaOf } from './schema.ts'
import { singleObject } from './singleObject.ts'
import {
  defaultLimits,
  type ReadResult,
  maxRawBytes,
  type RecordFormat,
  type Reject,
  type Value,
  type ValueFormat,
} from '../Format.ts'
import { toReadResult } from '../toReadResult.ts'
import { jsonDecoder } from '../json/jsonDecoder.ts'
import { bytes, byteWriter, finish } from '../bytes/ByteWriter.ts'
import { recordSchema } from '../schema/RecordSchema.ts'
import { concat } from '../bytes/utf8.ts'

/**
 * Apache Avro 1.11: object container files, whose schema is derived from the codec (`avro/schema.ts`); one value is a
 * single object, which begins with the fingerprint of its schema and can be read by that schema only. A file is read by the
 * schema it was written with, so files of other versions of a codec, and of other writers, are read as far as the codec
 * takes their values; their bytes, decimals and fixed values are refused.
 *
 * Blocks are compressed by deflate, or by zstandard when `compact`; both, and none, are read. The same records give the same bytes.
 * What the schema has no place for is JSON in the field `_unknown` of each record. Our own, because avsc drops fields that a
 * reader does not name, allocates what a length claims, and needs Node; it is the oracle in the tests.
 */
const of = <A, O>(codec: t.Type<A, O>): RecordFormat<A> & Value<A, Uint8Array> => {
  const check = checked(codec)
  const structure = recordSchema(codec)
  const schema = schemaOf(structure)
  const add = appendRecord(codec, structure)
  return {
    ...singleObject(codec, { structure, schema, add }),
    reader: options => {
      const limits = { ...defaultLimits, ...options }
      const frame = container(limits)
      const admit = toReadResult<A>(name, limits.maxRecords)
      let read = notReady
      let compression = 'null'
      let stopped = false

      const reject = (
        offset: number,
        raw: Uint8Array,
        error: DecodeError,
        more: Partial<Reject>,
      ): ReadResult<A> => {
        stopped = more.isFinal === true
        const item = admit(
          { offset },
          () => raw.slice(0, limits.maxRecordBytes),
          () => E.left(error),
        )
        return item._tag === 'Reject' ? { ...item, ...more } : item
      }

      /** The next item of a block each time, and then none. */
      const records = ({ offset, count, bytes }: Block): (() => ReadResult<A> | undefined) => {
        const found = decompress(bytes, compression, limits.maxRecordBytes)
        if (E.isLeft(found))
          return once(reject(offset, bytes.slice(0, maxRawBytes), at(offset)(found.left), several(count)))
        const c = cursor(found.right)
        const { length } = c.bytes
        const place = { offset }
        const flawed = ({ reason, at: where }: ReadError, to: number, lost: number) =>
          reject(
            offset,
            c.bytes.slice(from, Math.min(from + maxRawBytes, to)),
            at(offset)(`in its block, at byte ${where}: ${reason}`),
            several(lost),
          )
        const raw = () => c.bytes.slice(from, c.at)
        const checkValue = () => check(value)
        let from = 0
        let value: unknown
        let i = 0
        if (count === 0 && length > 0)
          return once(flawed({ reason: 'bytes in a block of no records', at: 0 }, length, 1))
        return () => {
          if (i === count) return undefined
          from = c.at
          value = readWhole(read, c)
          i++
          if (c.error !== undefined || c.at === from) {
            const lost = count - i + 1
            i = count
            return flawed(c.error ?? { reason: 'a record of no bytes', at: from }, length, lost)
          }
          const isOver = i === count && c.at < length
          const spoilt = isOver ? { reason: 'bytes after the records of a block', at: c.at } : c.invalid
          c.invalid = undefined
          return spoilt === undefined
            ? admit(place, raw, checkValue)
            : flawed(spoilt, isOver ? length : c.at, 1)
        }
      }

      function* items(parts: Iterable<ContainerPart>): Generator<ReadResult<A>> {
        for (const part of parts) {
          if (stopped) return
          if (part._tag === 'Broken')
            yield reject(part.offset, part.raw, at(part.offset + part.at)(part.reason), {
              ...several(part.records),
              ...(part.isFinal && { isFinal: true }),
            })
          else if (part._tag === 'Block') {
            const next = records(part)
            for (let item = next(); item !== undefined; item = next()) yield item
            const { offset, damage } = part
            if (damage !== undefined)
              yield reject(offset, damage.raw, at(offset + damage.at)(damage.reason), { records: 0 })
          } else {
            const text = part.metadata.get('avro.schema')
            const made =
              text === undefined
                ? E.left(at(0)('a header without a schema'))
                : E.chain((found: unknown) =>
                    E.mapLeft((reason: string) => at(0)(`a schema that cannot be read: ${reason}`))(
                      schemaReader(found as Schema, structure, limits),
                    ),
                  )(jsonDecoder(t.unknown, name)(text, limits))
            compression = part.metadata.get('avro.codec') ?? 'null'
            if (E.isLeft(made)) yield reject(0, Uint8Array.from(magic), made.left, { isFinal: true })
            else read = made.right
          }
        }
      }
      return {
        push: bytes => (stopped ? [] : items(frame.push(bytes))),
        end: () => (stopped ? [] : items(frame.end())),
      }
    },
    writer: options => {
      const compression = compressionFor(options?.compact === true)
      const text = JSON.stringify(schema)
      const marker = concat([fingerprint(canonical(schema)), fingerprint(text)])
      const block = byteWriter()
      let count = 0
      let begun = false
      const flush = (): Uint8Array => {
        const out = byteWriter()
        if (!begun) {
          bytes(out, Uint8Array.from(magic))
          long(out, 2)
          for (const part of ['avro.schema', text, 'avro.codec', compression]) string(out, part)
          long(out, 0)
          bytes(out, marker)
        }
        begun = true
        if (count === 0) return finish(out)
        long(out, count)
        sized(out, compress(finish(block), compression))
        bytes(out, marker)
        count = 0
        return finish(out)
      }
      return {
        push: a => {
          const error = add(block, a)
          if (error !== undefined) return E.left(error)
          count++
          return E.right(block.at < blockSize ? nothing : flush())
        },
        end: () => (count > 0 || !begun ? flush() : nothing),
      }
    },
  }
}

const once = <A>(item: A): (() => A | undefined) => {
  const items = [item]
  return () => items.pop()
}

const nothing: Uint8Array = new Uint8Array(0)

/** Of a block before it is compressed: Avro's own writers take 16 or 64 kB, which compress less. */
const blockSize = 512 * 1024

const several = (records: number): Partial<Reject> => (records > 1 ? { records } : {})

export const Avro: ValueFormat<Uint8Array> = {
  name,
  extensions: ['.avro'],
  mediaType: 'application/vnd.apache.avro+binary',
  magic,
  of,
}
