import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import { computing } from './computing.ts'
import { cpu } from './storing.ts'

/** Texts of one transaction, as in an import. */
const batch = 4000

const open = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  return database
}

const bareTable = 'create table bare (id integer primary key, body text not null)'

/** The CPU of inserting texts into a table with nothing but a key, by Node's SQLite alone. */
export const insertTexts = (file: string, texts: ReadonlyArray<string>): number => {
  const database = open(file)
  database.exec(bareTable)
  const insert = database.prepare('insert into bare (body) values (?)')
  const from = cpu()
  for (let i = 0; i < texts.length; i += batch) {
    database.exec('begin immediate')
    for (const text of texts.slice(i, i + batch)) insert.run(text)
    database.exec('commit')
  }
  const took = cpu() - from
  database.close()
  return took
}

/** The same by the SQL layer of the store, in the same kind of file and transactions. */
export const insertTextsByLayer = (file: string, texts: ReadonlyArray<string>): Promise<number> =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const { sql } = yield* openStore({ db: file })
        yield* sql.unsafe(bareTable)
        const from = cpu()
        for (let i = 0; i < texts.length; i += batch)
          yield* sql.withTransaction(
            Effect.forEach(texts.slice(i, i + batch), text => sql`insert into bare (body) values (${text})`, {
              discard: true,
            }),
          )
        return cpu() - from
      }),
    ),
  )

interface Table {
  readonly name: string
  readonly definitions: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<SQLInputValue>>
}

/** The tables of a store that an import fills, with their indexes and rows. */
export const tablesOf = (file: string): ReadonlyArray<Table> => {
  const database = open(file)
  const tables = ['names', 'items', 'runs', 'searches', 'records', 'entries'].map((name): Table => {
    const definitions = database
      .prepare('select sql from sqlite_master where tbl_name = ? and sql is not null')
      .all(name)
    const select = database.prepare(`select * from ${name}`)
    select.setReturnArrays(true)
    return {
      name,
      definitions: definitions.map(({ sql }) => String(sql)),
      rows: select.all() as unknown as Table['rows'],
    }
  })
  database.close()
  return tables
}

/**
 * The CPU of what no import can leave out: parsing each text, computing what the rows hold, and
 * inserting the rows that the store ends up with, indexes and all.
 */
export const insertRows = (
  file: string,
  texts: ReadonlyArray<string>,
  tables: ReadonlyArray<Table>,
): number => {
  const database = open(file)
  for (const { definitions } of tables) for (const sql of definitions) database.exec(sql)
  // a batch takes an equal part of each table, whatever refers to what
  database.exec('PRAGMA foreign_keys = OFF')
  const inserts = tables.map(({ name, rows }) => {
    const places = rows[0]?.map(() => '?').join(', ')
    return { rows, statement: database.prepare(`insert into ${name} values (${places})`) }
  })
  const batches = Math.ceil(texts.length / batch)
  const computed = computing()
  const from = cpu()
  for (let i = 0; i < batches; i++) {
    for (const text of texts.slice(i * batch, (i + 1) * batch)) computed.add(JSON.parse(text))
    database.exec('begin immediate')
    for (const { rows, statement } of inserts) {
      const end = Math.ceil((rows.length * (i + 1)) / batches)
      for (const row of rows.slice(Math.ceil((rows.length * i) / batches), end)) statement.run(...row)
    }
    database.exec('commit')
  }
  computed.summarize()
  const took = cpu() - from
  database.close()
  return took
}
