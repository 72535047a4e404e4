import { type DecodeError, invalid, type Malformed, malformed } from '@finetune-kit/codec'
import type { Reject } from '../Format.ts'
import * as E from '#fp-ts/Either'
import type { Entry } from './RowQueue.ts'
import type { Child } from './layout.ts'
import { type Line, name, placeOf, textIn } from './TableReader.ts'

export type TableErrors = ReturnType<typeof tableErrors>

/** The errors of a child table. `draw` shows the id of a record. */
export const tableErrors = (
  { name: called, column, parent }: Child,
  draw: (id: string) => string,
  headerError: () => Malformed | undefined,
) => {
  const table = `table ${JSON.stringify(called)}`
  const nameIn = (line: Line): string => draw(textIn(line, parent))
  const atCount = (record: Line, message: string): DecodeError =>
    invalid([
      { path: column.path, expected: '', actual: undefined, message, position: placeOf(record, column) },
    ])
  return {
    /**
     * The child table has another row, or none, before all rows of the record: where its header is
     * invalid, for that reason.
     */
    missing: (
      record: Line,
      id: string,
      [taken, counted]: readonly [number, number],
      next: Entry | undefined,
    ): DecodeError =>
      headerError() ??
      atCount(
        record,
        `${table} has ${taken} of the ${counted} rows that are counted for ${draw(id)}, and then ${
          next === undefined
            ? 'it ends'
            : E.isLeft(next.line)
              ? `a damaged one in line ${next.row.at.line}`
              : `one of ${nameIn(next.line.right)} in line ${next.row.at.line}`
        }. Add the missing rows, or correct the count`,
      ),
    /** The child table has more rows of an id than its records count. */
    extra: (record: Line, id: string, line: number) =>
      atCount(
        record,
        `${table} has more rows of ${draw(id)} than are counted, the first in line ${line}. Remove it, or correct the count`,
      ),
    /**
     * A record above of the same id was rejected, so that its rows cannot be told from the
     * record's.
     */
    uncounted: (record: Line, id: string) =>
      atCount(
        record,
        `the rows of ${draw(id)} in ${table} cannot be told from those of the rejected record above. Correct that one first`,
      ),
    /** A row that no record has. */
    stray: ({ row, line }: Entry): Reject => ({
      _tag: 'Reject',
      table: called,
      offset: row.at.offset,
      line: row.at.line,
      raw: row.bytes,
      records: 0,
      error: E.isLeft(line)
        ? line.left
        : malformed(
            name,
            `no record at this position counts a row of ${nameIn(line.right)}. Remove the row, move it, or correct its ${parent.name}`,
            placeOf(line.right, parent),
          ),
    }),
  }
}
