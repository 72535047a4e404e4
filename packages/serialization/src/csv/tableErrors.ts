import { type DecodeError, invalid, malformed } from '@finetune-kit/codec'
import type { Reject } from '../Format.ts'
import * as E from '#fp-ts/Either'
import type { Entry } from './RowQueue.ts'
import type { Child } from './layout.ts'
import { type Line, name, placeOf, textIn } from './TableReader.ts'

/** Why it cannot be told which rows are those of a record. */
export const causes = {
  unknown: 'the record above does not say how many are its own: repair that first',
  damaged: (line: number) => `line ${line} of it is damaged: repair that first`,
  tooMany: (line: number) =>
    `line ${line} of it is one more than the records of this name count: take one out, or correct a number`,
  unclear: (line: number) =>
    `there is one row too many before line ${line} of it, or one is missing there: repair that first`,
  tooFew: (end: number | undefined) =>
    `there are fewer ${end === undefined ? '' : `before line ${end} of it `}than the records of this name count: put the missing ones there, or correct a number`,
} as const

/** What can be wrong with the rows of a child table, in words that say what to do. `draw` says what a record is called. */
export const tableErrors = ({ name: called, column, parent }: Child, draw: (id: string) => string) => {
  const table = `the table ${JSON.stringify(called)}`
  const nameIn = (line: Line): string => draw(textIn(line, parent))
  const atCount = (record: Line, message: string): DecodeError =>
    invalid([
      { path: column.path, expected: '', actual: undefined, message, position: placeOf(record, column) },
    ])
  return {
    /** Of a record of the main table, for which the child table has another row, or none, too early. */
    missing: (
      record: Line,
      id: string,
      [taken, wanted]: readonly [number, number],
      then: Entry | undefined,
    ) =>
      atCount(
        record,
        `${table} has ${taken} of the ${wanted} rows of ${draw(id)} that are counted here, ${
          then === undefined || E.isLeft(then.line)
            ? 'and ends there'
            : `and then one of ${nameIn(then.line.right)} in line ${then.row.at.line}`
        }: put the missing ones there, or correct the number`,
      ),
    untold: (record: Line, id: string, cause: string) =>
      atCount(
        record,
        `which rows of ${table} are those of ${draw(id)} here cannot be told, because ${cause}`,
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
            `no record at this place counts a row of ${nameIn(line.right)}: take the row out, move it to its place, or correct its ${parent.name}`,
            placeOf(line.right, parent),
          ),
    }),
  }
}
