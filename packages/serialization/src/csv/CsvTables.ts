import { decode, type EncodeError, unencodable } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { writeCell } from './cell.ts'
import type { Column } from './columns.ts'
import { isRecords, writeUncounted } from './rowCount.ts'
import { rowQueue } from './RowQueue.ts'
import { join } from './join.ts'
import { layoutOf } from './layout.ts'
import { flatten } from './flatten.ts'
import { printer } from './rows.ts'
import { tableReader } from './TableReader.ts'
import { defaultLimits, type ReadResult, type ReaderOptions } from '../Format.ts'
import { pooledEncoder } from '../bytes/pooledEncoder.ts'

/** Records over several tables, written and read incrementally. */
export interface Tables<A> {
  /**
   * The names of the tables: first the main one, which is empty; then each list of records, by its
   * dotted keys.
   */
  readonly tables: ReadonlyArray<string>
  readonly writer: () => TablesWriter<A>
  readonly reader: (options?: ReaderOptions) => TablesReader<A>
}

/**
 * Takes records and returns the next bytes of each table. A refused record leaves no trace in any
 * of them.
 */
export interface TablesWriter<A> {
  readonly push: (a: A) => E.Either<EncodeError, ReadonlyArray<Uint8Array>>
  readonly end: () => ReadonlyArray<Uint8Array>
}

/**
 * Takes the bytes of each table in chunks, and returns the records that are complete so far. The
 * result does not depend on chunk boundaries or on the order of tables. Memory stays bounded if the
 * caller always passes a chunk of the table that is wanted. Iterate over the result of a `push`
 * before the next one.
 *
 * The position of a reject is that of its row in the main table, whichever table its error is
 * about. A stray row of a child table is a reject of 0 records, with its own position.
 */
export interface TablesReader<A> {
  /** The number of the table whose bytes are needed next, from 0; undefined at the end. */
  readonly wants: () => number | undefined
  readonly push: (table: number, bytes: Uint8Array) => Iterable<ReadResult<A>>
  readonly end: (table: number) => Iterable<ReadResult<A>>
}

/**
 * Comma-separated values over several tables: as `Csv`, but each list of records is a child table,
 * a row an item. Its first column is the id of the parent row, `parent_` and the key of the codec's
 * identity; without such a key it is `parent_row`, the number of the parent, from 1. The main table
 * holds the row count of each list; blank, `null` and 0 are an absent, a null and an empty list. A
 * list that is part of a cell, or that holds anything but records, stays JSON.
 *
 * Child rows are read strictly: contiguous per parent, in the order of the parents, as many as are
 * counted. The first mismatch rejects the parent, and reading resumes at the next id. Parents of
 * one id that follow each other are rejected together, because only counts tell their rows apart.
 *
 * Law: what was written is read back equal, and one row that is missing, doubled, damaged or of an
 * unknown parent gives no record the row of another. The check holds at most 1 MiB of rows of one
 * id.
 *
 * @example
 * const Run = annotate(record('Run', { id: t.string, events: t.array(record('Event', { at: Integer })) }), { identity: { key: 'id' } })
 * CsvTables.of(Run).tables // => ['', 'events']
 * const parts = CsvTables.of(Run).writer().push({ id: 'a', events: [{ at: 1 }, { at: 2 }] })
 * const texts = parts._tag === 'Right' && parts.right.map(bytes => new TextDecoder().decode(bytes))
 * texts // => ['id,events,*\r\na,2,\r\n', 'parent_id,at,*\r\na,1,\r\na,2,\r\n']
 */
const of = <A, O>(codec: t.Type<A, O>): Tables<A> => {
  const layout = layoutOf(codec)
  const { columns, identity, children } = layout
  const check = decode(codec)
  return {
    tables: ['', ...children.map(({ name }) => name)],
    reader: options => {
      const limits = { ...defaultLimits, ...options }
      const max = limits.maxRecordBytes
      const feeds = [
        rowQueue(tableReader(columns, limits), max),
        ...children.map(({ name, parent, items }) =>
          rowQueue(
            tableReader([parent, ...items], limits, {
              column: parent,
              why: 'it names the record that each row belongs to',
            }),
            max,
            name,
          ),
        ),
      ]
      const steps = join(layout, feeds, limits, check)
      let wanted: number | undefined = 0
      function* items(): Generator<ReadResult<A>> {
        for (;;) {
          const { value } = steps.next()
          if (typeof value === 'object') yield value
          else {
            wanted = value
            return
          }
        }
      }
      return {
        wants: () => wanted,
        push: (table, bytes) => {
          feeds[table]?.push(bytes)
          return items()
        },
        end: table => {
          feeds[table]?.end()
          return items()
        },
      }
    },
    writer: () => {
      const toBytes = pooledEncoder()
      const main = printer(columns.map(({ name }) => name))
      const others = children.map(({ parent, items }) => printer([parent, ...items].map(({ name }) => name)))
      let number = 0
      return {
        push: (a): E.Either<EncodeError, ReadonlyArray<Uint8Array>> => {
          const lists = new Map<Column, ReadonlyArray<object>>()
          const written = codec.encode(a)
          let called = String(number + 1)
          const cells = flatten(columns, written, (value, column) => {
            if (column.items === undefined) {
              const cell = writeCell(value, column.kind)
              if (column === identity && E.isRight(cell)) called = cell.right
              return cell
            }
            if (!isRecords(value)) return writeUncounted(value, column.kind)
            lists.set(column, value)
            return E.right(String(value.length))
          })
          if (E.isLeft(cells)) return cells
          const rows: Array<ReadonlyArray<ReadonlyArray<string>>> = []
          for (const { column, items } of children) {
            const own: Array<ReadonlyArray<string>> = []
            for (const [i, item] of (lists.get(column) ?? []).entries()) {
              const row = flatten(items, item)
              if (E.isLeft(row))
                return E.left(unencodable([...column.path, i, ...row.left.path], row.left.reason))
              own.push([called, ...row.right])
            }
            rows.push(own)
          }
          number++
          return E.right([
            toBytes(main.push([cells.right])),
            ...others.map((table, i) => toBytes(table.push(rows[i] ?? []))),
          ])
        },
        end: () => [main, ...others].map(table => toBytes(table.end())),
      }
    },
  }
}

/**
 * Records over several tables of comma-separated values: a main one, and one for each list of
 * records.
 */
export const CsvTables = { of }
