import type { FileMetaData, RowGroup } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import type { Writer, WriterOptions } from '../../Format.ts'
import { conforms } from '../../schema/conforms.ts'
import { type Row, toRow } from '../../schema/toRow.ts'
import type { Group } from '../../schema/RecordSchema.ts'
import { concat, copyOf } from '../../bytes/utf8.ts'
import { type ColumnWriter, columnWriter } from './ColumnWriter.ts'
import { compressionFor } from './compression.ts'
import { magic } from '../read/readFooter.ts'
import { type PageWriter, pageWriter } from './page.ts'
import { type SplitMetadata, splitMetadata, joinMetadata } from '../splitMetadata.ts'
import { parquetSchema, wrappedKey } from '../schema.ts'
import { rowView, shred, valueView } from './shred.ts'

/** When a row group is written: at so many rows, or when its columns hold so many bytes, most of them compressed. */
const [maxRows, maxBytes] = [2500, 8 * 1024 * 1024]

/** How many rows are taken at most before the columns are asked how much they hold: there may be very many of them. */
const fewRows = 16

/** Of the header of a dictionary page, at most. */
const headBytes = 64

const nothing: Uint8Array = new Uint8Array(0)

/** Gives the bytes of a row group as soon as it is full, and the footer at the end. */
export const parquetWriter = <A, O>(codec: t.Type<A, O>, structure: Group) => {
  const rowOf = toRow(structure)
  const fits = conforms(structure)
  const file: FileDescription = {
    schema: parquetSchema(structure),
    ...(structure.isWrapped && { key_value_metadata: [{ key: wrappedKey, value: 'true' }] }),
  }
  return (options?: WriterOptions): Writer<A> => {
    const compression = compressionFor(options?.compact === true)
    let isCut = true // a page was, since the columns were last asked how much they hold
    const { data, dictionary } = pageWriter(compression)
    const pages: PageWriter = {
      dictionary,
      data: (out, page) => {
        isCut = true
        return data(out, page)
      },
    }
    const byRow = shred(structure, rowView, place => columnWriter(place, compression.codec, pages))
    const { columns } = byRow
    let next = 0
    const direct = shred(structure, valueView, () => columns[next++] as ColumnWriter)
    const groups: Array<Uint8Array> = []
    let isBegun = false
    let size = 0
    let total = 0
    let offset = 0
    const flush = (): Uint8Array => {
      for (const column of columns) column.end()
      // room for no more than will be written: what is given is for others to keep
      const out = new ByteWriter(headBytes * (1 + columns.length) + sizeOf(columns))
      out.offset = offset
      if (!isBegun) out.appendBytes(Uint8Array.from(magic))
      isBegun = true
      if (size > 0) {
        const start = out.offset
        const chunks = columns.map(column => column.write(out))
        const sizes = chunks.map(({ meta_data }) => meta_data?.total_uncompressed_size ?? 0n)
        const group = {
          columns: chunks,
          total_byte_size: sizes.reduce((sum, size) => sum + size, 0n),
          num_rows: BigInt(size),
          total_compressed_size: BigInt(out.offset - start),
        }
        groups.push(...describeFile(file, [group]).groups)
      }
      total += size
      size = 0
      offset = out.offset
      return out.getBytes()
    }
    const isFull = (): boolean => {
      if (size === maxRows) return true
      // a column that holds much has its page cut by the next row: without that all of them together hold little
      if (!isCut && size % fewRows !== 0) return false
      isCut = false
      return sizeOf(columns) >= maxBytes
    }
    const recordAdded = (): Uint8Array => {
      size++
      return isFull() ? flush() : nothing
    }
    return {
      push: a => {
        const encoded: unknown = codec.encode(a)
        const value = structure.isWrapped ? { value: encoded } : encoded
        if (fits(value)) {
          direct.push(value)
          return E.right(recordAdded())
        }
        return E.map((row: Row) => {
          byRow.push(row)
          return recordAdded()
        })(rowOf(value))
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

const sizeOf = (columns: ReadonlyArray<ColumnWriter>): number =>
  columns.reduce((n, { byteLength }) => n + byteLength, 0)

type FileDescription = Pick<FileMetaData, 'schema' | 'key_value_metadata'>

/** The footer in bytes: as objects, the row groups of a large file take more memory than a row group. */
const describeFile = (file: FileDescription, row_groups: Array<RowGroup>, rows = 0): SplitMetadata => {
  const out = new ByteWriter()
  writeMetadata(out, {
    version: 2,
    created_by: 'finetune-kit',
    ...file,
    num_rows: BigInt(rows),
    row_groups,
  } as Omit<FileMetaData, 'metadata_length'> as FileMetaData)
  const metadata = splitMetadata(out.getBytes().subarray(0, -4)) // without the length that follows
  return { ...metadata, groups: metadata.groups.map(group => copyOf(group)) }
}
