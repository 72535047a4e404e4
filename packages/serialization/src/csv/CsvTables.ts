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

/** Records over several tables, written and read a piece at a time. */
export interface Tables<A> {
  /** What the tables are called. The main one comes first, and its name is empty; then one for each list of records, by its dotted keys. */
  readonly tables: ReadonlyArray<string>
  readonly writer: () => TablesWriter<A>
  readonly reader: (options?: ReaderOptions) => TablesReader<A>
}

/** Takes records and gives the bytes to be written next, of each table. A refused record leaves no trace in any of them. */
export interface TablesWriter<A> {
  readonly push: (a: A) => E.Either<EncodeError, ReadonlyArray<Uint8Array>>
  readonly end: () => ReadonlyArray<Uint8Array>
}

/**
 * Takes the bytes of each table in pieces of any size, and gives the records that are complete so far. Neither where the pieces
 * were cut nor in which order those of different tables come changes the answer; but only who always gives a piece of the
 * table that is wanted keeps no more in memory than a piece of each, and a mebibyte of records. Go through what a `push` gave before the next one.
 *
 * A reject that stands for a record has the place of its row in the main table, whatever table its error speaks of. A row
 * of a child table that is no record's is a reject of no records, with the place of that row.
 */
export interface TablesReader<A> {
  /** The number of the table whose bytes are needed to go on, from 0; nothing when there is no more to be read. */
  readonly wants: () => number | undefined
  readonly push: (table: number, bytes: Uint8Array) => Iterable<ReadResult<A>>
  readonly end: (table: number) => Iterable<ReadResult<A>>
}

/**
 * Comma-separated values over several tables: as `Csv`, but each list of records is a table of its own, a row an item. Its first
 * column, `parent_` and the key that the codec's identity names, says what the record is called that the row is of; or, as
 * `parent_number`, which record it is, from 1, where the codec has no such key. In the main table stands how many rows
 * a list has; blank, `null` and 0 are an absent, a null and an empty one. Several records may have one name:
 * rows are dealt out in their order, by these counts, and the names are checked. A list that is part of a
 * cell (inside an item, or in a record that may be absent) stays JSON, and so does one that holds anything but records.
 *
 * Law: what was written is read back equal, and no record is given a row that is not its own because one row of a child table is
 * missing, too many, damaged or in a strange place: the records that it may affect are rejects. These are the one it belongs
 * to; where several records of one name follow each other, all of them (of more than a mebibyte of them, the last).
 *
 * @example
 * const Run = annotate(record('Run', { id: t.string, events: t.array(record('Event', { at: Integer })) }), { identity: { key: 'id' } })
 * CsvTables.of(Run).tables // => ['', 'events']
 * const parts = CsvTables.of(Run).writer().push({ id: 'a', events: [{ at: 1 }, { at: 2 }] })
 * const texts = either.map(all => all.map(bytes => new TextDecoder().decode(bytes)))(parts)
 * texts // => either.right(['id,events,*\r\na,2,\r\n', 'parent_id,at,*\r\na,1,\r\na,2,\r\n'])
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
            tableReader([parent, ...items], limits, { column: parent, why: 'it says of whom each row is' }),
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

/** Records over several tables of comma-separated values: a main one, and one for each list of records. */
export const CsvTables = { of }
