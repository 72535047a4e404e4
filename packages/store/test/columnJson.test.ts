import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore, type Store } from '../src/openStore.ts'
import { both, inputOf, run } from './support/withStore.ts'

const folder = mkdtempSync(join(tmpdir(), 'finetune-json-'))
afterAll(() => rmSync(folder, { recursive: true }))

const source = 'test'
const sound = join(folder, 'sound.db')
const { run_id: runId } = both.at(-1) as { run_id: string }
beforeAll(() =>
  run(Effect.flatMap(openStore({ db: sound }), store => store.importObservations(inputOf(both), { source }))),
)

const list = (store: Store) => store.runs({ limit: 1000 })
const exported = (store: Store) => Stream.runDrain(store.exportObservations())
const records = (store: Store) => Stream.runDrain(store.lastRecords())
const imported = (store: Store) => store.importObservations(inputOf(both), { source })
const edited = (store: Store) => store.edit({ id: runId }, { note: 'read' })

test.each([
  ['runs', 'tags', 'x', [list, exported, edited]],
  ['runs', 'tags', '5', [list, exported, edited]],
  ['runs', 'note', '"x', [list, exported]],
  ['runs', 'base_model', '"x', [list, store => store.facets(), store => store.changes(0)]],
  ['records', 'body', 'x', [records, imported]],
  ['items', 'body', 'x', [exported, store => store.run({ id: runId })]],
  ['items', 'source', '"x', [exported]],
] satisfies ReadonlyArray<
  readonly [string, string, string, ReadonlyArray<(store: Store) => Effect.Effect<unknown, unknown>>]
>)(
  'a column of JSON in %s, %s, that holds %s is damage, with a remedy',
  async (table, column, text, uses) => {
    const db = join(folder, `${table}-${column}-${text.length}.db`)
    copyFileSync(sound, db)
    const file = new DatabaseSync(db)
    file.prepare(`update ${table} set ${column} = ?`).run(text)
    file.close()
    for (const use of uses)
      expect(await run(Effect.flip(Effect.flatMap(openStore({ db }), use)))).toEqual({
        _tag: 'StoreError',
        kind: 'Damaged',
        message: `${db}: another program has changed it, a column of JSON holds something else. Restore it from a copy; nothing was changed.`,
      })
  },
)

test('a run whose summary was postponed and whose record is no JSON keeps nobody out', async () => {
  const db = join(folder, 'postponed.db')
  copyFileSync(sound, db)
  const file = new DatabaseSync(db)
  file.exec("update records set body = 'x'")
  file.prepare("insert into facts (name, value) values ('summary of ' || ?, '0')").run(runId)
  file.close()
  expect((await run(Effect.flatMap(openStore({ db }), list))).runs.length).toBeGreaterThan(0)
})
