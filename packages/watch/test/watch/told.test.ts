import type { Observation } from '@finetune-kit/model'
import { openStore } from '@finetune-kit/store'
import type { ToldChange } from '@finetune-kit/watch'
import { FakeService, type Life } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { databases } from '@finetune-kit/checks/databases'
import { connect, run, startsAt, watcherOf } from '../support/watching.ts'

const recordsOf = (observations: ReadonlyArray<Observation>, object: string) =>
  observations
    .map(({ record }) => record as { readonly object: string })
    .filter(record => record.object === object)

describe.each(databases)('Watcher.told on $name', ({ fresh }) => {
  test('tells what another process finds, each of it once and in order, and the ends', () =>
    run(
      Effect.gen(function* () {
        let now = startsAt + 60
        const service = yield* FakeService.make({ jobs: 3, interval: 1, startsAt, clock: () => now })
        const options = yield* fresh
        const openWatcher = Effect.flatMap(openStore(options), store =>
          watcherOf(store, service, { current: service.key }),
        )
        // both make their tables before one of them polls
        const [teller, poller] = [yield* openWatcher, yield* openWatcher]
        const { connection } = yield* connect(poller.watcher, service.baseUrl)
        for (const { id } of service.lives) yield* poller.watcher.watch(connection, id)
        const gone = yield* poller.watcher.watch(connection, 'ftjob-nowhere')
        const told: Array<ToldChange> = []
        yield* Effect.forkScoped(
          Stream.runForEach(teller.watcher.told(connection), change => Effect.sync(() => told.push(change))),
        )
        while (told.length === 0) yield* Effect.sleep(20)
        yield* Effect.forkScoped(poller.watcher.run)
        const tagsOf = (watch: number) =>
          told.filter(change => 'watch' in change && change.watch === watch).map(({ _tag }) => _tag)
        const toldOfAll = (tag: ToldChange['_tag']) =>
          service.lives.every(({ id }) =>
            told.some(one => one._tag === tag && 'runId' in one && one.runId === id),
          )
        while (!toldOfAll('Seen')) yield* Effect.sleep(20)
        now = startsAt + 1e6
        while (!toldOfAll('Complete')) yield* Effect.sleep(20)
        while (tagsOf(gone.watch).length === 0) yield* Effect.sleep(20)
        expect(tagsOf(gone.watch)).toEqual(['Paused'])
        for (const life of service.lives) {
          const seen = told.filter(change => change._tag === 'Seen' && change.runId === life.id)
          expectWhole(life, seen as ReadonlyArray<Seen>)
        }
        const last = told.findLast(change => change._tag === 'Watches')
        expect(last?.watches.map(({ state }) => state)).toEqual(['ended', 'ended', 'ended', 'paused'])
      }),
    ))
})

type Seen = Extract<ToldChange, { readonly _tag: 'Seen' }>

const expectWhole = (life: Life, seen: ReadonlyArray<Seen>): void => {
  const all = seen.flatMap(({ observations }) => observations)
  expect(recordsOf(all, 'fine_tuning.job.event')).toEqual(life.events)
  expect(recordsOf(all, 'fine_tuning.job.checkpoint')).toEqual(life.checkpoints)
  expect(recordsOf(all, 'finetune-kit.result-file').length).toBe(life.files.length)
  expect(seen.length).toBeGreaterThan(1)
  const last = seen.at(-1) as Seen
  expect(last.run).toEqual(life.states.at(-1)?.value)
  expect(last.hasEnded).toBe(true)
  expect(last.earlier.length + last.observations.length).toBe(all.length)
}
