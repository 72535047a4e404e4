import type { RowGroup, SchemaElement } from 'hyparquet'
import type { ByteWriter } from 'hyparquet-writer'
import { writeBlooms } from 'hyparquet-writer/src/bloom.js'
import type { Group } from '../../schema/RecordSchema.ts'
import type { Row } from '../../schema/toRow.ts'
import { type ColumnWriter, columnWriter } from './ColumnWriter.ts'
import type { Compression } from './compression.ts'
import { pageWriter } from './page.ts'
import { writePageIndex } from './pageIndex.ts'
import { nameOf } from '../../schema/fieldNames.ts'
import { parquetSchema } from '../schema.ts'
import { compileShred, type ShredValue } from './compileShred.ts'
import { shred } from './shred.ts'

/** Size at which a row group is written. */
export interface GroupLimits {
  readonly rows: number
  /** Bytes of its columns before compression. */
  readonly bytes: number
  /** Entries of its columns, with those that have no value. */
  readonly entries: number
}

/** Limits of row groups, and the key by which the rows come sorted. */
export interface GroupOptions extends GroupLimits {
  readonly sortedBy?: string | undefined
}

/**
 * Other engines work on one row group at a time and skip those whose statistics exclude a value:
 * they are at their best with about 100,000 rows.
 */
export const defaultGroupLimits: GroupLimits = {
  rows: 100_000,
  bytes: 64 * 1024 * 1024,
  entries: 16 * 1024 * 1024,
}

/**
 * Rows after which the columns are asked for their size: asking each of many columns takes time.
 */
const rowsBetweenChecks = 16

/** Values before code is generated: for a short file, compiling takes longer than it saves. */
const worth = 128

/** Bytes of the header of a dictionary page, at most. */
const headerBytes = 64

export interface RowGroupWriter {
  readonly rows: number
  /** Adds a value without a row; false if it needs one. */
  readonly pushValue: (value: unknown) => boolean
  readonly pushRow: (row: Row) => void
  readonly isFull: () => boolean
  /** Ends the row group. Returns the most bytes that it takes. */
  readonly maxBytes: () => number
  /** Writes the row group after it has ended, and begins the next one. */
  readonly write: (out: ByteWriter) => RowGroup
}

export const rowGroupWriter = (
  structure: Group,
  compression: Compression,
  limits: GroupOptions,
): RowGroupWriter => {
  const pages = pageWriter(compression)
  const paths: Array<ReadonlyArray<string>> = []
  const byRow = shred(structure, place => {
    paths.push(place.path)
    return columnWriter(place, compression.codec, pages)
  })
  const { columns } = byRow
  const sortingColumn = paths.findIndex(
    ([name, ...others]) =>
      limits.sortedBy !== undefined && others.length === 0 && name === nameOf(limits.sortedBy),
  )
  const leaves = parquetSchema(structure).filter(({ type }) => type !== undefined)
  let pushValue: ShredValue | undefined
  let uses = 0
  let rows = 0
  return {
    get rows() {
      return rows
    },
    pushValue: value => {
      if (++uses === worth) pushValue = compileShred(structure, columns)
      const fits = pushValue?.(value) === true
      if (fits) rows++
      return fits
    },
    pushRow: row => {
      byRow.push(row)
      rows++
    },
    isFull: () => {
      if (rows >= limits.rows) return true
      if (rows % rowsBetweenChecks !== 0 && limits.rows > rowsBetweenChecks) return false
      return (
        sum(columns, ({ encodedBytes }) => encodedBytes) >= limits.bytes ||
        sum(columns, ({ entries }) => entries) >= limits.entries
      )
    },
    maxBytes: () => {
      for (const column of columns) column.end()
      return sum(columns, ({ byteLength }) => byteLength + headerBytes)
    },
    write: out => {
      const start = out.offset
      const written = columns.map(column => column.write(out))
      const chunks = written.map(({ chunk }) => chunk)
      const bytes = BigInt(out.offset - start)
      writeBlooms(out, written)
      for (const [i, { chunk, pages }] of written.entries())
        writePageIndex(out, chunk, leaves[i] as SchemaElement, pages)
      const size = BigInt(rows)
      rows = 0
      return {
        columns: chunks,
        total_byte_size: chunks.reduce(
          (n, { meta_data }) => n + (meta_data?.total_uncompressed_size ?? 0n),
          0n,
        ),
        num_rows: size,
        total_compressed_size: bytes,
        ...(sortingColumn !== -1 && {
          sorting_columns: [{ column_idx: sortingColumn, descending: false, nulls_first: false }],
        }),
      }
    },
  }
}

const sum = (columns: ReadonlyArray<ColumnWriter>, of: (column: ColumnWriter) => number): number => {
  let all = 0
  for (const column of columns) all += of(column)
  return all
}
