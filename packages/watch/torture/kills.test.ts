import * as Effect from 'effect/Effect'
import { describe, expect, test } from 'vitest'
import { databases } from '@finetune-kit/checks/databases'
import { killWatchers } from '../test/support/killWatchers.ts'

const kills = Number(process.env['FINETUNE_KIT_KILLS'] ?? 50)

describe.each(databases)('kill -9 of watchers on $name', database => {
  test(`${kills} kills: every event of 300 runs is stored once and in order`, async () => {
    const processes = database.name === 'SQLite' ? 1 : 3
    // the lives last as long as the kills, about
    const plan = { jobs: 300, processes, kills, mayRun: 3000, speed: 500 / kills }
    const { requests, events } = await Effect.runPromise(killWatchers(database, plan))
    process.stdout.write(
      `${database.name}: ${events} events of 300 runs, ${requests} requests, ${kills} kills\n`,
    )
    expect(events).toBeGreaterThan(3000)
  })
})
