import { draw } from '@finetune-kit/codec'
import {
  encodeAll,
  type RandomAccessFile,
  type ReadResult,
  type RecordFormat,
  type Writer,
} from '@finetune-kit/serialization'
import type { ParquetOptions, ParquetRecords } from '@finetune-kit/serialization/parquet'
import { expect } from 'vitest'
import * as E from '#fp-ts/Either'

export const write = <A>(format: RecordFormat<A>, records: ReadonlyArray<A>, compact = false): Uint8Array => {
  const written = encodeAll(format, { compact })(records)
  if (E.isLeft(written)) throw new Error(written.left.reason)
  return Uint8Array.from(written.right)
}

export const writeBy = <A>(writer: Writer<A>, records: ReadonlyArray<A>): Uint8Array => {
  const parts = records.map(record => {
    const part = writer.push(record)
    if (E.isLeft(part)) throw new Error(part.left.reason)
    return part.right
  })
  return Uint8Array.from(Buffer.concat([...parts, writer.end()]))
}

export const shown = (items: ReadonlyArray<ReadResult<unknown>>): ReadonlyArray<unknown> =>
  items.map(item => (item._tag === 'Record' ? item.value : draw(item.error)))

export const remedy = 'Fetch the file again, or write it again'

/** A file in memory, read at any place. */
export const fileOf = (
  bytes: Uint8Array,
  asked: Array<readonly [number, number]> = [],
): RandomAccessFile => ({
  byteLength: bytes.length,
  slice: (from, to) => {
    asked.push([from, to])
    return bytes.slice(from, to).buffer
  },
})

/** The records of the bytes, which are the same from a file and from a stream. */
export const read = async (
  format: Pick<ParquetRecords<unknown>, 'reader' | 'readFrom'>,
  bytes: Uint8Array,
  options?: ParquetOptions,
): Promise<ReadonlyArray<unknown>> => {
  const items: Array<ReadResult<unknown>> = []
  for await (const item of format.readFrom(fileOf(bytes), options)) items.push(item)
  const reader = format.reader(options)
  expect([...reader.push(bytes), ...reader.end()]).toEqual(items)
  return shown(items)
}
