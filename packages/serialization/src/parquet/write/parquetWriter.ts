import { ByteWriter } from 'hyparquet-writer'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import type { Writer, WriterOptions } from '../../Format.ts'
import { concat } from '../../bytes/utf8.ts'
import type { Group } from '../../schema/RecordSchema.ts'
import { type Row, toRow } from '../../schema/toRow.ts'
import { magic } from '../read/readFooter.ts'
import { parquetSchema, wrappedKey } from '../schema.ts'
import { joinMetadata } from '../splitMetadata.ts'
import { compressionFor } from './compression.ts'
import { describeFile, type FileDescription } from './describeFile.ts'
import { defaultGroupLimits, type GroupLimits, rowGroupWriter } from './rowGroupWriter.ts'

const noBytes: Uint8Array = new Uint8Array(0)

/** Writes a row group as soon as it is full, and the footer at the end. */
export const parquetWriter = <A, O>(
  codec: t.Type<A, O>,
  structure: Group,
  limits: GroupLimits = defaultGroupLimits,
) => {
  const rowOf = toRow(structure)
  const file: FileDescription = {
    schema: parquetSchema(structure),
    ...(structure.isWrapped && { key_value_metadata: [{ key: wrappedKey, value: 'true' }] }),
  }
  return (options?: WriterOptions): Writer<A> => {
    const compression = compressionFor(options?.compact === true)
    const group = rowGroupWriter(structure, compression, { ...limits, sortedBy: options?.sortedBy })
    const groups: Array<Uint8Array> = []
    let total = 0
    let offset = 0
    const flush = (): Uint8Array => {
      // no larger than what is written: the caller keeps these bytes
      const out = new ByteWriter(magic.length + group.maxBytes())
      out.offset = offset
      if (offset === 0) out.appendBytes(Uint8Array.from(magic))
      total += group.rows
      if (group.rows > 0) groups.push(...describeFile(file, [group.write(out)]).groups)
      offset = out.offset
      return out.getBytes()
    }
    return {
      push: a => {
        const encoded: unknown = codec.encode(a)
        const value = structure.isWrapped ? { value: encoded } : encoded
        if (!group.pushValue(value)) {
          const row: E.Either<unknown, Row> = rowOf(value)
          if (E.isLeft(row)) return row as E.Left<never>
          group.pushRow(row.right)
        }
        return E.right(group.isFull() ? flush() : noBytes)
      },
      end: () => {
        const last = flush()
        const metadata = joinMetadata({ ...describeFile(file, [], total), groups })
        const tail = new ByteWriter()
        tail.appendUint32(metadata.reduce((n, part) => n + part.length, 0))
        tail.appendBytes(Uint8Array.from(magic))
        return concat([last, ...metadata, tail.getBytes()])
      },
    }
  }
}
