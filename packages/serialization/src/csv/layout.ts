import { Identity } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { type Column, columnsOf, twiceIn } from './columns.ts'

/** The tables of a codec. */
export interface Layout {
  /**
   * The columns of the main table. That of a list with its own table holds the row count.
   */
  readonly columns: ReadonlyArray<Column>
  /** The column of the record id. Without one, a record is called by its number, from 1. */
  readonly identity: Column | undefined
  readonly children: ReadonlyArray<Child>
}

/** The table of a list of records. */
export interface Child {
  readonly name: string
  /** The column of the main table with the row count. */
  readonly column: Column
  /** Holds the id of the parent row. */
  readonly parent: Column
  /** The columns of an item. */
  readonly items: ReadonlyArray<Column>
}

/**
 * The main table has the columns of the codec; each of these that is a list of records is a child
 * table, which is called as the column is.
 *
 * @throws at the first use, when a column of a child table would have the name of its first one
 */
export const layoutOf = (codec: t.Any): Layout => {
  const columns = columnsOf(codec)
  const { key } = Identity.of(codec)
  const identity =
    key !== undefined
      ? columns.find(({ path, known, items }) => path.length === 1 && path[0] === key && !known && !items)
      : undefined
  const name = `parent_${identity?.name ?? 'row'}`
  const parent: Column = { name, path: [name], kind: identity?.kind ?? 'value' }
  const children = columns.flatMap((column): ReadonlyArray<Child> => {
    if (column.items === undefined) return []
    const twice = twiceIn([parent, ...column.items])
    const reason =
      column.name === ''
        ? 'the table of a list needs a name, and the key of one is empty'
        : twice &&
          `its table ${JSON.stringify(column.name)} would have the column "${twice.name}" twice; rename the field`
    if (reason !== undefined) throw new Error(`CsvTables cannot be derived from ${codec.name}: ${reason}`)
    return [{ name: column.name, column, parent, items: column.items }]
  })
  return { columns, identity, children }
}
