import { type DecodeError, decode } from '@finetune-kit/codec'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { defaultLimits, type Reader, type ReaderOptions, type ReadResult, type Reject } from '../Format.ts'
import { jsonDecoder } from '../json/jsonDecoder.ts'
import { malformedAt } from '../malformedAt.ts'
import type { Group } from '../schema/RecordSchema.ts'
import { toReadResult } from '../toReadResult.ts'
import { blockReader, type RejectBytes } from './blockReader.ts'
import { type BrokenPart, container, type ContainerPart, type Header, magic } from './container.ts'
import type { Schema } from './schema.ts'
import { schemaReader } from './schemaReader.ts'
import { jsonReason, notReady, type ReadValue } from './valueReaders.ts'

const at = malformedAt('Avro')

/** Reads object container files, each with the schema in its header. */
export const fileReader = <A, O>(codec: t.Type<A, O>, structure: Group) => {
  const check = decode(codec)
  return (options?: ReaderOptions): Reader<A> => {
    const limits = { ...defaultLimits, ...options }
    const parts = container(limits)
    const toResult = toReadResult<A>('Avro', limits.maxRecords)
    let isStopped = false
    let read: ReadValue = notReady
    let compression = 'null'
    let count = 0

    const toNumbered = (offset: number, raw: () => Uint8Array, check: () => E.Either<DecodeError, A>) =>
      toResult({ offset, record: ++count }, raw, check)
    const reject: RejectBytes<A> = (offset, raw, error, more) => {
      isStopped = more.isFinal === true
      const { records = 1 } = more
      const isOfRecord = offset > 0 && records > 0 // else of the header, or between records
      const result = toResult(
        isOfRecord ? { offset, record: count + 1 } : { offset },
        () => raw.slice(0, limits.maxRecordBytes),
        () => E.left(error),
      )
      count += records
      return result._tag === 'Reject' ? { ...result, ...more } : result
    }
    const readBlock = blockReader<A>({ limits, check, toResult: toNumbered, reject })

    function* results(found: Iterable<ContainerPart>): Generator<ReadResult<A>> {
      for (const part of found) {
        if (isStopped) return
        if (part._tag === 'BrokenPart') yield reject(part.offset, part.raw, ...brokenPart(part))
        else if (part._tag === 'Header') {
          const reader = headerReader(part, structure, limits)
          compression = part.metadata.get('avro.codec') ?? 'null'
          if (E.isLeft(reader)) yield reject(0, Uint8Array.from(magic), reader.left, { isFinal: true })
          else read = reader.right
        } else {
          const next = readBlock(part, read, compression)
          for (let result = next(); result !== undefined; result = next()) yield result
          const { offset, damage } = part
          if (damage !== undefined)
            yield reject(offset, damage.raw, at(offset + damage.at, damage.reason), { records: 0 })
        }
      }
    }
    return {
      push: bytes => (isStopped ? [] : results(parts.push(bytes))),
      end: () => (isStopped ? [] : results(parts.end())),
    }
  }
}

const brokenPart = ({
  offset,
  at: where,
  reason,
  records,
  isFinal,
}: BrokenPart): readonly [DecodeError, Partial<Reject>] => [
  at(offset + where, reason),
  { ...(records > 1 && { records }), ...(isFinal && { isFinal }) },
]

const anyJson = jsonDecoder(t.unknown, 'JSON')

/** Reads values of the schema in a header. */
const headerReader = (
  { metadata }: Header,
  structure: Group,
  limits: Required<ReaderOptions>,
): E.Either<DecodeError, ReadValue> => {
  const text = metadata.get('avro.schema')
  if (text === undefined) return E.left(at(0, 'header without a schema'))
  const schema = anyJson(text, { ...limits, maxValues: defaultLimits.maxValues })
  const read = E.isLeft(schema)
    ? E.left(jsonReason(schema.left))
    : schemaReader(schema.right as Schema, structure, limits)
  return E.mapLeft((reason: string) => at(0, `unreadable schema: ${reason}`))(read)
}
