import { type DecodeError, decode, type EncodeError, malformed, type Position } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { cellsOf, type Cell, type Row, rowOf, rows } from './csv/rows.ts'
import { columnOf, type Column, columnsOf } from './csv/columns.ts'
import { readCell } from './csv/cell.ts'
import { assemble, spread } from './csv/record.ts'
import { defaults, type Format, type Item, type Records } from './Format.ts'
import { admission } from './internal/admission.ts'
import { readText } from './internal/readText.ts'
import { bytesOf } from './internal/utf8.ts'
import { positionsAt } from './positions.ts'

/**
 * Comma-separated values (RFC 4180) with a header: a row a record. `csv/columns.ts` says which columns a codec has,
 * `csv/cell.ts` what a cell stands for: null, absent and empty stay apart, no text is run by a spreadsheet as a formula, and both
 * are undone on reading. Columns may come in any order or be missing; one that the codec does not know is an unknown
 * key. Ragged rows and stray quotes are rejects; a header that names a column twice leaves nothing to be read.
 *
 * @example
 * const rows = encodeAll(Csv.of(record('Note', { id: Integer, text: t.string })))([{ id: -1, text: '=1+1' }])
 * either.map(bytes => new TextDecoder().decode(bytes))(rows) // => either.right("id,text,*\r\n-1,'=1+1,\r\n")
 */
const of = <A, O>(codec: t.Type<A, O>): Records<A> => {
  const columns = columnsOf(codec)
  const check = decode(codec)
  return {
    reader: options => {
      const limits = { ...defaults, ...options }
      const frame = rows(limits.maxRecordBytes)
      const admit = admission<A>(name, limits.maxRecords)
      let header: ReadonlyArray<Column> | undefined
      let lost: DecodeError | undefined // why nothing can be read

      const cells = (row: Row): E.Either<DecodeError, Cells> => {
        const found = readText(name, limits.maxRecordBytes, row)
        if (E.isLeft(found)) return found
        const { text, at } = found.right
        const split = row.open ? E.left(text.length) : cellsOf(text)
        if (E.isRight(split)) return E.right({ cells: split.right, text, at })
        const reason = row.open ? 'a quote that is never closed' : 'a quote inside a cell'
        return E.left(
          malformed(name, reason, positionsAt(text, [split.left], at).get(split.left) as Position),
        )
      }

      const read = (row: Row, header: ReadonlyArray<Column>): E.Either<DecodeError, A> => {
        const found = cells(row)
        if (E.isLeft(found)) return found
        if (found.right.cells.length !== header.length)
          return E.left(
            malformed(
              name,
              `expected ${header.length} cells, found ${found.right.cells.length}`,
              found.right.at,
            ),
          )
        const values = found.right.cells.map(({ text }, i) =>
          readCell(text, header[i]?.kind ?? 'value', limits.maxDepth),
        )
        return E.mapLeft(inCells(header, found.right))(check(assemble(header, values)))
      }

      const readHeader = (row: Row): void => {
        const found = cells(row)
        if (E.isLeft(found)) {
          lost = found.left
          return
        }
        const names = found.right.cells.map(({ text }) => text)
        const before = new Set<string>()
        const twice = names.find(name => before.size === before.add(name).size)
        if (twice !== undefined)
          lost = malformed(name, `the column ${JSON.stringify(twice)} is there twice`, found.right.at)
        header = names.map(
          name => columns.find(column => column.name === name) ?? { name, path: [name], kind: 'value' },
        )
      }

      function* items(of: Iterable<Row>): Generator<Item<A>> {
        for (const row of of) {
          if (row.size === 0) continue
          if (header === undefined && lost === undefined) {
            readHeader(row)
            if (lost === undefined) continue
          }
          const item = admit(
            row.at,
            () => row.bytes,
            () => (lost === undefined ? read(row, header as ReadonlyArray<Column>) : E.left(lost)),
          )
          yield row.open && item._tag === 'Reject' ? { ...item, rest: true } : item
        }
      }
      return { push: bytes => items(frame.push(bytes)), end: () => items(frame.end()) }
    },
    writer: () => {
      let head: string | undefined = rowOf(columns.map(column => column.name))
      return {
        push: (a): E.Either<EncodeError, Uint8Array> => {
          const cells = spread(columns, codec.encode(a))
          if (E.isLeft(cells)) return cells
          const bytes = bytesOf((head ?? '') + rowOf(cells.right))
          head = undefined
          return E.right(bytes)
        },
        end: () => bytesOf(head ?? ''),
      }
    },
  }
}

const name = 'CSV'

interface Cells {
  readonly cells: ReadonlyArray<Cell>
  readonly text: string
  readonly at: Position
}

/** The error with the place of the cell that each issue is about; of a column that is not there, of the row. */
const inCells =
  (header: ReadonlyArray<Column>, { cells, text, at }: Cells) =>
  (error: DecodeError): DecodeError => {
    if (error._tag === 'Malformed') return error
    const starts = error.issues.map(issue => cells[columnOf(header, issue.path)]?.at ?? 0)
    const positions = positionsAt(text, starts, at)
    return {
      ...error,
      issues: error.issues.map((issue, i) =>
        Object.assign({}, issue, { position: positions.get(starts[i] as number) }),
      ),
    }
  }

export const Csv: Format = { name, extensions: ['.csv'], mediaType: 'text/csv', of }
