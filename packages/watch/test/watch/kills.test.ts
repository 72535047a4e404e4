import * as Effect from 'effect/Effect'
import { describe, expect, test } from 'vitest'
import { databases, sqlite } from '@finetune-kit/checks/databases'
import { killWatchers } from '../support/killWatchers.ts'

describe.each(databases)('kill -9 of watchers on $name', database => {
  test('every event is stored once and in order', async () => {
    const processes = database.name === 'SQLite' ? 1 : 2
    const plan = { jobs: 15, processes, kills: 3, mayRun: 1500, speed: 300 }
    const { events } = await Effect.runPromise(killWatchers(database, plan))
    expect(events).toBeGreaterThan(150)
  })
})

test('two processes on one SQLite file share its polls, and store every event once', async () => {
  const plan = { jobs: 6, processes: 2, kills: 1, mayRun: 1500, speed: 300 }
  const { events } = await Effect.runPromise(killWatchers(sqlite, plan))
  expect(events).toBeGreaterThan(50)
})
