import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as Effect from 'effect/Effect'
import { afterAll, expect, test } from 'vitest'
import { openStore } from '../src/openStore.ts'

const folder = mkdtempSync(join(tmpdir(), 'finetune-code-'))
afterAll(() => rmSync(folder, { recursive: true }))

const opened = (db: string) => Effect.runPromise(Effect.scoped(Effect.asVoid(openStore({ db }))))

/** The names of the tables of a new database. */
const tablesOf = (file: DatabaseSync): ReadonlyArray<string> =>
  file
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    .all()
    .map(({ name }) => String(name))

/** Rows without an end. */
const endless = 'with recursive n (i) as (select 1 union all select i + 1 from n) select i from n'

const refusal = (db: string, type: string, name: string) => ({
  kind: 'NotADatabase',
  message: `${db}: it has a ${type} "${name}", which finetune-kit does not make and does not run. Drop it, or pass --db with another file; nothing was changed.`,
})

test('a file with a view in the place of any table, or with a trigger, is refused and not queried', async () => {
  const db = join(folder, 'foreign.db')
  await opened(db)
  const file = new DatabaseSync(db)
  file.exec('pragma legacy_alter_table = on; pragma foreign_keys = off')
  const tables = tablesOf(file)
  expect(tables.length).toBeGreaterThan(10)
  for (const table of tables) {
    const name = table.toUpperCase()
    file.exec(`alter table ${table} rename to moved; create view ${name} as ${endless}`)
    await expect(opened(db)).rejects.toMatchObject(refusal(db, 'view', name))
    file.exec(`drop view ${name}; alter table moved rename to ${table}`)
  }
  file.exec('create trigger "on\u001b" after insert on facts begin select 1; end')
  await expect(opened(db)).rejects.toMatchObject(refusal(db, 'trigger', 'on\\u001b'))
  file.exec('drop trigger "on\u001b"')
  // a view of the user's own
  file.exec('create view failed as select * from runs')
  await opened(db)
  file.close()
})

test('a file without tables is refused for a view in the place of one', async () => {
  const db = join(folder, 'views.db')
  const file = new DatabaseSync(db)
  file.exec(`create view finetune_kit_polls as ${endless}`)
  await expect(opened(db)).rejects.toMatchObject(refusal(db, 'view', 'finetune_kit_polls'))
  file.close()
})
