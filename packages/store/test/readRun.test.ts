import { databases } from '@finetune-kit/checks/databases'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import { describe, expect, test } from 'vitest'
import { openStore } from '../src/openStore.ts'
import { changesAfter, verifyRun } from '../src/readRun.ts'
import { both, inputOf, type Row, run } from './support/withStore.ts'

/** A client for readers. Another writer commits after its query of this number, from 0. */
const withCommitAfter = (
  sql: SqlClient.SqlClient,
  number: number,
  commit: Effect.Effect<unknown, unknown>,
): SqlClient.SqlClient => {
  let queries = 0
  return new Proxy(sql, {
    apply: (target, self, args: ReadonlyArray<ReadonlyArray<string>>) => {
      const statement = Reflect.apply<unknown, typeof args, Effect.Effect<unknown>>(
        target as never,
        self,
        args,
      )
      // others are parts of a query
      const isQuery = args[0]?.[0]?.trimStart().startsWith('select') === true
      return isQuery && queries++ === number ? Effect.tap(statement, () => Effect.orDie(commit)) : statement
    },
  })
}

describe.each(databases)('reading while others write, on $name', ({ fresh }) => {
  const numbers = [0, 1, 2]
  const opened = Effect.gen(function* () {
    const options = yield* fresh
    const [store, other] = [yield* openStore(options), yield* openStore(options)]
    yield* store.importObservations(inputOf(both), { source: 'test' })
    const [first, second] = (yield* store.runs()).runs as [Row, Row]
    return { store, other, first, second }
  })
  test.each(numbers)('changes misses none that is committed after its query %i', number =>
    run(
      Effect.gen(function* () {
        const { store, other, first, second } = yield* opened
        const before = yield* store.lastChange
        const commit = Effect.andThen(other.edit(first, { note: 'new' }), other.delete(second))
        const page = yield* changesAfter(withCommitAfter(store.sql, number, commit))(before)
        const rest = yield* store.changes(page.seq)
        expect([...page.runs, ...rest.runs].map(({ note }) => note)).toEqual(['new'])
        expect([...page.deleted, ...rest.deleted]).toEqual([{ id: second.id, born: second.born }])
      }),
    ),
  )

  test.each(numbers)('verify takes no run for damaged that is written after its query %i', number =>
    run(
      Effect.gen(function* () {
        const { store, other, first } = yield* opened
        const last = JSON.parse((yield* store.lastRecord(first.id)) ?? '') as object
        const seen = { object: 'finetune-kit.observation', source: 'test', run_id: first.id } as const
        const commit = other.append([
          { ...seen, seen_at: first.lastSeenAt + 1, record: { ...last, status: 'cancelled' } },
        ])
        expect(yield* verifyRun(withCommitAfter(store.sql, number, commit))(first)).toMatchObject({
          _tag: 'Sound',
        })
      }),
    ),
  )
})
