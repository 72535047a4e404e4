import type * as t from 'io-ts'
import type { RandomAccessFile, ReadResult, Reader, RecordFormat, Reject } from '../Format.ts'
import { malformedAt } from '../malformedAt.ts'
import { recordSchema } from '../schema/RecordSchema.ts'
import { magic } from './read/readFooter.ts'
import { fileBuffer } from './read/FileBuffer.ts'
import { type ReadRowsOptions, readRows } from './read/readRows.ts'
import { fromFile, fromMemory } from './read/readRequests.ts'
import { parquetWriter } from './write/parquetWriter.ts'
import { parquetFacts } from './facts.ts'

/** Options of reading, with `columns`: the keys of the only fields to read. Default: all. */
export type ParquetOptions = ReadRowsOptions

/** Reads and writes Parquet files of a codec's records. */
export interface ParquetRecords<A> extends RecordFormat<A> {
  readonly reader: (options?: ParquetOptions) => Reader<A>
  readonly readFrom: (file: RandomAccessFile, options?: ParquetOptions) => AsyncIterable<ReadResult<A>>
}

/** Reads and writes Parquet files of a codec's records: see {@link Parquet}. */
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
        end: () => (file.isTooLong ? [tooLong] : fromMemory(steps(file.byteLength, options), file.slice)),
      }
    },
    readFrom: (file, options) => fromFile(steps(file.byteLength, options), file),
  }
}

/** Bytes that `reader` keeps at most. */
const maxKept = 1024 ** 3

const tooLong: Reject = {
  _tag: 'Reject',
  offset: 0,
  raw: new Uint8Array(0),
  error: malformedAt('Parquet')(0, `longer than ${maxKept} bytes`, 'Read it from a file, not from a stream'),
  isFinal: true,
}

/**
 * Apache Parquet: nested columns derived from the codec, compressed by Zstandard (Snappy where Node
 * has none; `compact` takes more time for fewer bytes). Unknown keys are JSON in the column
 * `_unknown`. The column that identifies a record, by `Meta.identity`, has a Bloom filter.
 * `readFrom` reads a row group at a time; `reader` keeps the whole input, at most 1 GiB.
 * `maxRecordBytes` limits a page, and eight times that limits the footer.
 *
 * @example
 * const written = encodeAll(Parquet.of(t.array(t.number)))([[1, 2], []])
 * written._tag === 'Right' && decodeAll(Parquet.of(t.array(t.number)))(written.right).length // => 2
 */
export const Parquet = {
  ...parquetFacts,
  of,
} as const
