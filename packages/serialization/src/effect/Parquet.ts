import { type DecodeError, decode, invalid, type Issue, malformed } from '@finetune-kit/codec'
import * as Stream from 'effect/Stream'
import { type AsyncBuffer, type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import {
  defaults,
  type Item,
  type ReaderOptions,
  type Reject,
  type Writer,
  type WriterOptions,
} from '../Format.ts'
import { admission } from '../internal/admission.ts'
import { extraName, nameOf } from '../internal/fieldNames.ts'
import { jsonDecoder } from '../internal/jsonDecoder.ts'
import { rowOf, type Row } from '../internal/rows.ts'
import { concat, textOf } from '../internal/utf8.ts'
import { structureOf } from '../internal/structure.ts'
import { compressionFor, compressors, decompressors } from '../parquet/compressors.ts'
import { pagesOf, rangeOf } from '../parquet/pages.ts'
import { fromColumn, schemaOf, toColumn } from '../parquet/schema.ts'

export interface ParquetOptions extends ReaderOptions {
  /** The only fields to read, of the record itself: no bytes of other columns are asked for. */
  readonly columns?: ReadonlyArray<string>
}

/** How records of a codec are written to, and read from, Parquet files. */
export interface ParquetRows<A> {
  /** Gives the bytes of a row group as soon as it is full, and the footer at the end. */
  readonly writer: (options?: WriterOptions) => Writer<A>
  /** The records of a file, a row group at a time: no more than one is in memory. The stream never fails. */
  readonly rows: (file: AsyncBuffer, options?: ParquetOptions) => Stream.Stream<Item<A>>
}

/**
 * Apache Parquet: files with nested columns that are derived from the codec, compressed by Snappy, or Zstandard when
 * `compact`. It is no `Format`: a file is read from its end, by an asynchronous library, so it needs a file that can be read at
 * any place. What the columns have no place for is JSON in the column `_unknown` of each record.
 *
 * A bad row is a reject, which has no bytes of its own; a footer or a row group that cannot be read is one with all the rest.
 * `maxRecordBytes` bounds the footer and the pages; row groups have at most {@link maxRows} rows.
 * Pages are decoded by hyparquet, behind `parquet/pages.ts`, which refuses counts that cannot be true.
 */
const of = <A, O>(codec: t.Type<A, O>): ParquetRows<A> => {
  const structure = structureOf(codec)
  const toRow = rowOf(structure)
  const check = decode(codec)
  return {
    writer: options => {
      const out = new ByteWriter()
      const parquet = new ParquetWriter({
        writer: out,
        schema: schemaOf(structure),
        codec: compressionFor(options?.compact === true),
        compressors,
        createdBy: 'finetune-kit',
      })
      let rows: Array<Row> = []
      const take = (): Uint8Array => {
        const bytes = out.getBytes().slice()
        out.index = 0
        return bytes
      }
      const flush = (): Uint8Array => {
        if (rows.length === 0) return take()
        const names = [...structure.fields.map(({ key }) => nameOf(key)), extraName]
        void parquet.write({
          columnData: names.map(column => ({
            name: column,
            data: rows.map(row => row[column]),
            offsetIndex: false,
          })),
          rowGroupSize: rows.length,
        })
        rows = []
        return take()
      }
      return {
        push: a => {
          const value: unknown = codec.encode(a)
          return E.map((row: Row) => {
            rows.push(toColumn(structure, row) as Row)
            return rows.length < rowsInGroup ? nothing : flush()
          })(toRow(structure.bare ? { value } : value))
        },
        end: () => {
          const last = flush()
          void parquet.finish()
          return concat([last, take()])
        },
      }
    },
    rows: (file, options) =>
      Stream.fromAsyncIterable(items(file, options), () => neverFails).pipe(Stream.orDie),
  }

  async function* items(file: AsyncBuffer, options: ParquetOptions = {}): AsyncGenerator<Item<A>> {
    const limits = { ...defaults, ...options }
    const admit = admission<A>(name, limits.maxRecords)
    const metadata = await footer(file, limits.maxRecordBytes)
    if (E.isLeft(metadata)) {
      yield lost(metadata.left, Math.max(0, file.byteLength - 8))
      return
    }
    const json = jsonDecoder(t.unknown, 'JSON')
    const readJson = (text: string): unknown => E.getOrElse((): unknown => text)(json(text, limits))
    const read = (row: unknown): E.Either<DecodeError, A> => {
      const issues: Array<Issue> = []
      const value = fromColumn(structure, row, {
        json: readJson,
        refuse: (path, actual) => issues.push({ path, expected: 'the text of a JSON object', actual }),
      })
      return issues.length > 0 ? E.left(invalid(issues)) : check(value)
    }
    const columns = options.columns?.map(nameOf)
    let rowStart = 0
    for (const group of metadata.right.row_groups) {
      const offset = Number(group.columns[0]?.meta_data?.data_page_offset ?? 0)
      const size = Number(group.num_rows)
      if (!(size >= 0 && size <= maxRows)) {
        yield lost(`a row group of ${size} rows`, offset)
        return
      }
      const rowEnd = rowStart + size
      const found = await attempt(async () => {
        const packing = decompressors(limits.maxRecordBytes)
        const check = pagesOf(metadata.right, packing, {
          values: maxValues,
          bytes: 8 * limits.maxRecordBytes,
        })
        for (const { meta_data: chunk } of group.columns) {
          if (chunk === undefined || columns?.includes(chunk.path_in_schema[0] ?? '') === false) continue
          const { start, end } = rangeOf(chunk)
          if (!(start >= 0 && start <= end && end <= file.byteLength))
            throw new Error('a column that lies outside of the file')
          if (!(Number(chunk.num_values) >= size)) throw new Error('a column with fewer values than rows')
          check(chunk, await file.slice(start, end))
        }
        return parquetReadObjects({
          file,
          metadata: metadata.right,
          rowStart,
          rowEnd,
          parsers: { stringFromBytes: (bytes: Uint8Array) => bytes && (textOf(bytes) ?? bytes) },
          compressors: packing,
          ...(columns && { columns }),
        })
      })
      if (E.isLeft(found)) {
        // whatever is behind it, too: nobody knows whether it can be believed
        yield {
          ...lost(found.left, offset),
          records: Math.max(1, Number(metadata.right.num_rows) - rowStart),
        }
        return
      }
      for (const row of found.right)
        yield admit(
          { offset },
          () => nothing,
          () => read(row),
        )
      rowStart = rowEnd
    }
  }
}

const footer = async (file: AsyncBuffer, max: number): Promise<E.Either<string, FileMetaData>> => {
  if (file.byteLength < 12) return E.left('it is too short')
  const tail = await attempt(async () => new DataView(await file.slice(file.byteLength - 8, file.byteLength)))
  if (E.isLeft(tail)) return tail
  const size = tail.right.getUint32(0, true)
  if (size > max) return E.left(`a footer longer than ${max} bytes`)
  return attempt(async () => {
    const start = Math.max(0, file.byteLength - 8 - size)
    const bytes = new Uint8Array(await file.slice(start, file.byteLength))
    // hyparquet takes as many bytes for one number as have their first bit set: its work would grow with their square
    for (let i = 0, run = 0; i < bytes.length; i++) {
      run = (bytes[i] as number) < 0x80 ? 0 : run + 1
      if (run > maxRun) throw new Error('a number in its footer that never ends')
    }
    return parquetMetadata(bytes, { geoparquet: false }) // looking for geometries it counts children down, also from -1
  })
}

const maxRun = 8192

/** hyparquet throws at what it cannot read. */
const attempt = async <A>(read: () => Promise<A>): Promise<E.Either<string, A>> => {
  try {
    return E.right(await read())
  } catch (error) {
    return E.left(error instanceof Error ? error.message : String(error))
  }
}

const name = 'Parquet'
const nothing: Uint8Array = new Uint8Array(0)
const neverFails = new Error('rejects are items')

/** Of a row group that is written: some five megabytes of fine-tunes. With 10,000 a file is 1 % smaller, and reading it takes twice the memory. */
const rowsInGroup = 2_500

/** Of a row group that is read, in all its columns: some 250 MB where each takes no more than a byte of the file. */
const maxValues = 32 * 1024 * 1024

/** Of a row group that is read. */
export const maxRows = 4_000_000

const wrong =
  (offset: number) =>
  (reason: string): DecodeError =>
    malformed(name, `${reason} (byte ${offset})`, { offset, line: 1, column: offset + 1 })

/** There is no way on from here. */
const lost = (reason: string, offset: number): Reject => ({
  _tag: 'Reject',
  offset,
  raw: nothing,
  error: wrong(offset)(reason),
  rest: true,
})

export const Parquet = {
  name,
  extensions: ['.parquet'],
  mediaType: 'application/vnd.apache.parquet',
  magic: [0x50, 0x41, 0x52, 0x31],
  of,
} as const
