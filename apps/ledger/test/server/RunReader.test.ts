import { databases } from '@finetune-kit/checks/databases'
import { RecordKind } from '@finetune-kit/model'
import { openStore, type Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as TestClock from 'effect/testing/TestClock'
import { describe, expect, test } from 'vitest'
import * as RunKey from '../../src/server/RunKey.ts'
import * as RunReader from '../../src/server/RunReader.ts'
import { importFile, sample } from './importFiles.ts'

describe.each(databases)('RunReader on $name', ({ fresh }) => {
  test('RunReader reads a run once for all parts of a page, until it changes', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const store = yield* openStore(yield* fresh)
          yield* Effect.forEach(sample, path => importFile(store, path))
          const [one, other] = (yield* store.runs()).runs.map(row => RunKey.print(row))
          const name = RunKey.parse(one ?? '')
          let readings = 0
          const counted: Store = {
            ...store,
            run: name =>
              Effect.andThen(
                Effect.sync(() => readings++),
                store.run(name),
              ),
          }
          const read = yield* RunReader.make(counted)
          const first = yield* read(one ?? '')
          expect(yield* read(one ?? '')).toBe(first)
          expect(readings).toBe(1)
          yield* store.edit(name, { note: 'news' })
          expect((yield* read(one ?? '')).note).toBe('news')
          // another connection, as another process has
          const event = {
            object: 'fine_tuning.job.event',
            id: 'ftevent-new',
            created_at: 1_900_000_000,
            level: 'info',
            message: 'news',
          }
          const seen = { seen_at: 1_900_000_000, source: 'test', run_id: name.id, record: event }
          yield* store.append([{ object: 'finetune-kit.observation', ...seen }])
          expect((yield* read(one ?? '')).resources.events?.at(-1)).toEqual(event)
          expect(readings).toBe(3)
          expect((yield* read(other ?? '')).id).not.toBe(name.id)
          yield* TestClock.adjust('9 seconds')
          yield* read(other ?? '')
          expect(readings).toBe(4)
          yield* TestClock.adjust('2 seconds')
          yield* read(other ?? '')
          expect(readings).toBe(5)
          yield* store.delete(name)
          expect(yield* Effect.flip(read(one ?? ''))).toMatchObject({ kind: 'NotFound' })
        }).pipe(Effect.provide(TestClock.layer({ warningDelay: '10 minutes' }))),
      ),
    ))
})

/** The message that reading a run with these facts fails with. */
const failure = (facts: object): Promise<string> => {
  const run = { id: 'ft/1', kind: RecordKind.byName('job'), snapshots: [], damage: undefined, ...facts }
  const store = { run: () => Effect.succeed(run) } as unknown as Store
  return Effect.runPromise(
    Effect.map(Effect.flip(RunReader.readRun(store, 'ft/1')), ({ message }) => message),
  )
}

test('readRun says why a run cannot be shown, and what helps', async () => {
  const damage = { n: 0, reason: 'unknown kind other', remedy: 'Update finetune-kit.' }
  expect(await failure({ kind: undefined, damage })).toBe(
    'run "ft/1": a newer version of finetune-kit wrote it. Update finetune-kit.',
  )
  expect(await failure({ damage: { n: 0, reason: 'not JSON' } })).toBe(
    'run "ft/1": its history cannot be read (not JSON). Delete it (DELETE /api/runs/ft%2F1), and import it again.',
  )
})
