import { DatabaseSync } from 'node:sqlite'
import { sqlite } from '@finetune-kit/checks/databases'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openStore } from '../src/openStore.ts'
import { both, inputOf } from './support/withStore.ts'

test('a store waits until another process lets it make the file a database with a log', () =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const { db } = yield* sqlite.fresh
        const other = new DatabaseSync(db as string)
        other.exec('begin; select * from sqlite_schema')
        const opened = yield* Effect.forkChild(openStore({ db }))
        yield* Effect.sleep(300)
        expect(opened.pollUnsafe()).toBe(undefined)
        other.exec('commit')
        other.close()
        const store = yield* Fiber.join(opened)
        expect(yield* store.count()).toBe(0)
      }),
    ),
  ))

test('a write that waits for another process lets this one read meanwhile, and is made then', () =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const { db } = yield* sqlite.fresh
        const store = yield* openStore({ db })
        yield* store.importObservations(inputOf(both), { source: 'test' })
        const [first] = (yield* store.runs()).runs
        const { id = '', born = 0 } = { ...first, ...first?.summary }
        const other = new DatabaseSync(db as string)
        other.exec('begin immediate')
        const transaction = yield* Effect.forkChild(store.edit({ id, born }, { note: 'waited' }))
        const statement = yield* Effect.forkChild(
          store.sql`update runs set is_hidden = ${1} where born = ${born}`,
        )
        for (let i = 0; i < 5; i++) {
          yield* Effect.sleep(20)
          yield* store.runs()
        }
        expect([transaction.pollUnsafe(), statement.pollUnsafe()]).toEqual([undefined, undefined])
        other.exec('commit')
        other.close()
        yield* Fiber.join(transaction)
        yield* Fiber.join(statement)
        expect(yield* store.row({ id, born })).toMatchObject({ note: 'waited', isHidden: true })
      }),
    ),
  ))

const failing = (message: string) => (): never => {
  throw Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR' })
}

describe('where the errors of exec have no result code, as in Deno', () => {
  afterEach(() => void vi.restoreAllMocks())

  test('a store waits for a lock when it is opened', async () => {
    const exec = vi.spyOn(DatabaseSync.prototype, 'exec')
    for (let i = 0; i < 3; i++) exec.mockImplementationOnce(failing('database is locked'))
    const opened = Effect.flatMap(openStore({ db: ':memory:' }), store => store.count())
    expect(await Effect.runPromise(Effect.scoped(opened))).toBe(0)
  })

  test('a file that is no database is told as one', async () => {
    vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(failing('file is not a database'))
    const failed = Effect.flip(openStore({ db: ':memory:' }))
    expect((await Effect.runPromise(Effect.scoped(failed))).kind).toBe('NotADatabase')
  })
})
