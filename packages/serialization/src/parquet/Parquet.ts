import type * as t from 'io-ts'
import type { RandomAccessFile, ReadResult, Reader, ReaderOptions, RecordFormat } from '../Format.ts'
import { recordSchema } from '../schema/RecordSchema.ts'
import { magic } from './read/readFooter.ts'
import { fileBuffer } from './read/FileBuffer.ts'
import { unreadableFrom, name, readRows } from './read/readRows.ts'
import { fromFile, fromMemory } from './read/readRequests.ts'
import { parquetWriter } from './write/parquetWriter.ts'

export interface ParquetOptions extends ReaderOptions {
  /** The only fields to read, of the record itself: no bytes of other columns are asked for. */
  readonly columns?: ReadonlyArray<string>
}

/** How records of a codec are written to, and read from, Parquet files. */
export interface ParquetRecords<A> extends RecordFormat<A> {
  readonly reader: (options?: ParquetOptions) => Reader<A>
  readonly readFrom: (file: RandomAccessFile, options?: ParquetOptions) => AsyncIterable<ReadResult<A>>
}

/**
 * Apache Parquet: files with nested columns that are derived from the codec, compressed by Zstandard, or by Snappy
 * where Node has none; `compact` takes more time for fewer bytes. What the columns have no place for is JSON in the column `_unknown` of each record.
 *
 * A file is read from its end. `rows` reads one at the places that it needs, a row group at a time; `reader` keeps all the bytes
 * that it is given, at most 1 GiB, and gives records at the end. A bad row is a reject, which has no bytes of its own;
 * a footer or a row group that cannot be read is one with all the rest. `maxRecordBytes` bounds the pages, and eight times as much the footer.
 *
 * @example
 * const written = encodeAll(Parquet.of(t.array(t.number)))([[1, 2], []])
 * either.map(bytes => decodeAll(Parquet.of(t.array(t.number)))(bytes).length)(written) // => either.right(2)
 */
const of = <A, O>(codec: t.Type<A, O>): ParquetRecords<A> => {
  const structure = recordSchema(codec)
  const steps = readRows(codec, structure)
  return {
    writer: parquetWriter(codec, structure),
    reader: options => {
      const file = fileBuffer(magic, maxKept)
      return {
        push: bytes => {
          file.add(bytes)
          return []
        },
        end: () =>
          file.isTooLong
            ? [unreadableFrom(`more than ${maxKept} bytes, which only a file may be, not a stream`, 0)]
            : fromMemory(steps(file.byteLength, options), file.slice),
      }
    },
    readFrom: (file, options) => fromFile(steps(file.byteLength, options), file),
  }
}

/** How many bytes of a file a reader takes that must keep them all. */
const maxKept = 1024 ** 3

export const Parquet = {
  name,
  extensions: ['.parquet'],
  mediaType: 'application/vnd.apache.parquet',
  magic,
  of,
} as const
