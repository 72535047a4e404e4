import { type DecodeError, decode, type EncodeError } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { columnsOf } from './columns.ts'
import { emptyCells } from './emptyCells.ts'
import { unflatten, flatten } from './flatten.ts'
import { printer, type Row, rows } from './rows.ts'
import { rowLimit } from './rowLimit.ts'
import { inCells, name, rejectOf, tableReader, valuesOf } from './TableReader.ts'
import { defaultLimits, type Format, type ReadResult, type RecordFormat } from '../Format.ts'
import { toReadResult } from '../toReadResult.ts'
import { pooledEncoder } from '../bytes/pooledEncoder.ts'

const of = <A, O>(codec: t.Type<A, O>): RecordFormat<A> => {
  const columns = columnsOf(codec)
  const check = decode(codec)
  return {
    reader: options => {
      const limits = { ...defaultLimits, ...options }
      const sheet = tableReader(columns, limits)
      const frame = rows(limits.maxRecordBytes, undefined, sheet.separator)
      const empty = emptyCells()
      const admit = toReadResult<A>(name, limits.maxRecords)

      const read = (row: Row): E.Either<DecodeError, A> => {
        const line = sheet.read(row)
        if (E.isLeft(line)) return line
        empty.see(row, line.right)
        const exceeded = rowLimit([line.right], limits)
        if (exceeded !== undefined) return E.left(exceeded)
        const record = unflatten(line.right.header, valuesOf(line.right, limits.maxDepth))
        return E.mapLeft(inCells(path => [line.right, path]))(check(record))
      }

      function* items(of: Iterable<Row>): Generator<ReadResult<A>> {
        for (const row of of) {
          if (sheet.skips(row)) continue
          const item = admit(
            row.at,
            () => row.bytes,
            () => read(row),
          )
          yield item._tag === 'Reject' ? rejectOf(item, row, sheet) : item
        }
      }
      return { push: bytes => items(frame.push(bytes)), end: () => items(frame.end()), notes: empty.notes }
    },
    writer: () => {
      const toBytes = pooledEncoder()
      const table = printer(columns.map(column => column.name))
      return {
        push: (a): E.Either<EncodeError, Uint8Array> => {
          const cells = flatten(columns, codec.encode(a))
          return E.isLeft(cells) ? cells : E.right(toBytes(table.push([cells.right])))
        },
        end: () => toBytes(table.end()),
      }
    },
  }
}

/**
 * Comma-separated values (RFC 4180) with a header: a row a record. Nested records are dotted
 * columns, lists JSON cells. Null, absent and empty stay apart, no text is run by a spreadsheet as
 * a formula, and both are undone on reading. Columns may come in any order or be missing; one that
 * the codec does not know is an unknown key. Ragged rows and stray quotes are rejects; a header
 * that names a column twice leaves nothing to be read.
 *
 * @example
 * const rows = encodeAll(Csv.of(record('Note', { id: Integer, text: t.string })))([{ id: -1, text: '=1+1' }])
 * rows._tag === 'Right' && new TextDecoder().decode(rows.right) // => "id,text,*\r\n-1,'=1+1,\r\n"
 */
export const Csv: Format = {
  name,
  extensions: ['.csv'],
  mediaType: 'text/csv',
  needsSchema: true,
  isRandomAccess: false,
  isManyRecord: true,
  of,
}
