import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'
import { afterAll, describe, expect, test } from 'vitest'
import { openStore } from '../src/openStore.ts'
import { both, inputOf, run } from './support/withStore.ts'

const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-replaced-'))
afterAll(() => rmSync(folder, { recursive: true }))
const source = 'test'

describe('a file that is replaced while it is open', () => {
  test('a file that is moved or replaced while it is open takes no more writes, and is not read for long', () =>
    run(
      Effect.gen(function* () {
        const db = join(folder, 'moved.db')
        const store = yield* openStore({ db })
        yield* store.importObservations(inputOf(both), { source })
        const [first] = (yield* store.runs()).runs
        const name = { id: first?.summary.id ?? '' }
        const moved = {
          _tag: 'StoreError',
          kind: 'CannotOpen',
          message: `${db}: the file was moved, deleted or replaced while it was open. Put it back or start again; nothing was changed.`,
        }
        renameSync(db, `${db}.old`)
        expect(yield* Effect.flip(store.edit(name, { note: 'lost' }))).toEqual(moved)
        renameSync(`${db}.old`, db)
        yield* store.edit(name, { note: 'kept' })
        expect((yield* store.row(name)).note).toBe('kept')
        for (const file of [db, `${db}-wal`, `${db}-shm`]) rmSync(file)
        yield* openStore({ db })
        expect(yield* Effect.flip(store.edit(name, { note: 'lost' }))).toEqual(moved)
        yield* Effect.sleep(1000)
        expect(yield* Effect.flip(store.lastChange)).toEqual(moved)
      }),
    ))

  test.each([
    ['is told', true],
    ['closes the file', false],
  ])('a copy put in the place of an open file is as it was once the program %s', (_, isTold) =>
    run(
      Effect.gen(function* () {
        const db = join(folder, `restored-${isTold}.db`)
        const states = Effect.gen(function* () {
          const store = yield* openStore({ db })
          const { runs } = yield* store.runs({ limit: 100 })
          return [runs.map(({ note }) => note), yield* store.sql`pragma integrity_check`]
        })
        yield* Effect.scoped(
          Effect.gen(function* () {
            const store = yield* openStore({ db })
            yield* store.importObservations(inputOf(both), { source })
            yield* store.sql`vacuum into ${`${db}.copy`}`
            const { runs } = yield* store.runs()
            for (const { summary } of runs) yield* store.edit({ id: summary.id }, { note: 'x'.repeat(999) })
            renameSync(`${db}.copy`, db)
            if (!isTold) return
            yield* Effect.flip(store.edit({ id: runs[0]?.summary.id ?? '' }, { note: 'lost' }))
            expect(statSync(`${db}-wal`).size).toBe(0)
          }),
        )
        const [notes, integrity] = yield* states
        expect(new Set(notes as ReadonlyArray<string>)).toEqual(new Set(['']))
        expect(integrity).toEqual([{ integrity_check: 'ok' }])
      }),
    ),
  )

  test('a file in the place of an open one keeps what others write to it', () =>
    run(
      Effect.gen(function* () {
        const db = join(folder, 'shared.db')
        const store = yield* openStore({ db })
        yield* store.sql`vacuum into ${`${db}.copy`}`
        yield* store.sql`pragma wal_checkpoint(truncate)`
        renameSync(`${db}.copy`, db)
        yield* Effect.sleep(50)
        const other = new DatabaseSync(db)
        other.exec("PRAGMA journal_mode = WAL; insert into facts values ('kept', '1')")
        yield* Effect.flip(store.append([]))
        expect(other.prepare("select value from facts where name = 'kept'").all()).toEqual([{ value: '1' }])
        other.close()
      }),
    ))
})
