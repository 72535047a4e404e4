import { ByteWriter } from 'hyparquet-writer'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import type { Writer, WriterOptions } from '../../Format.ts'
import { concat } from '../../bytes/utf8.ts'
import { hasLoneSurrogate } from '../../json/hasLoneSurrogate.ts'
import type { Group } from '../../schema/RecordSchema.ts'
import { type Row, toRow } from '../../schema/toRow.ts'
import { magic } from '../read/readFooter.ts'
import { parquetSchema, wrappedKey } from '../schema.ts'
import { joinMetadata } from '../splitMetadata.ts'
import { compressionFor } from './compression.ts'
import { describeFile, type FileDescription } from './describeFile.ts'
import { groupBuffer } from './GroupBuffer.ts'
import { defaultGroupLimits, type GroupLimits, rowGroupWriter } from './rowGroupWriter.ts'

/** Writes a row group once it is full, during the next rows, and the footer at the end. */
export const parquetWriter = <A, O>(
  codec: t.Type<A, O>,
  structure: Group,
  limits: GroupLimits = defaultGroupLimits,
) => {
  const rowOf = toRow(structure, json => !hasLoneSurrogate(json))
  const file: FileDescription = {
    schema: parquetSchema(structure),
    ...(structure.isWrapped && { key_value_metadata: [{ key: wrappedKey, value: 'true' }] }),
  }
  return (options?: WriterOptions): Writer<A> => {
    const compression = compressionFor(options?.compact === true)
    const group = rowGroupWriter(structure, compression, { ...limits, sortedBy: options?.sortedBy })
    const buffer = groupBuffer()
    const groups: Array<Uint8Array> = []
    let total = 0
    const flush = (): void => {
      const { rows } = group
      buffer.write(magic.length + group.maxBytes(), rows, out => {
        if (out.offset === 0) out.appendBytes(Uint8Array.from(magic))
        if (rows > 0) groups.push(...describeFile(file, [group.write(out)]).groups)
      })
      total += rows
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
        if (!group.isFull()) return E.right(buffer.takeChunk())
        const rest = buffer.takeRest()
        flush()
        return E.right(concat([rest, buffer.takeChunk()]))
      },
      end: () => {
        const needsGroup = group.rows > 0 || total === 0
        const rest = needsGroup ? buffer.takeRest() : undefined
        if (needsGroup) flush()
        const metadata = joinMetadata({ ...describeFile(file, [], total), groups })
        const tail = new ByteWriter()
        tail.appendUint32(metadata.reduce((n, part) => n + part.length, 0))
        tail.appendBytes(Uint8Array.from(magic))
        const last = buffer.end([...metadata, tail.getBytes()])
        return rest === undefined || rest.length === 0 ? last : concat([rest, last])
      },
    }
  }
}
