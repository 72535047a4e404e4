import type { Dialect, Observation } from '@finetune-kit/model'
import { Client, type FollowUpdate, follow } from '@finetune-kit/watch'
import { FakeService, type Life } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Redacted from 'effect/Redacted'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { expectInOrder } from '../support/expectInOrder.ts'
import { run } from '../support/watching.ts'

const startsAt = 1_750_000_000

const clientOf = ({ baseUrl, key }: FakeService.FakeService, dialect: Dialect = 'openai') =>
  Client.make({ baseUrl, dialect, key: Redacted.make(key), retryDelay: 1, attempts: 3 })

const pace = { fastest: 0.01, slowest: 0.05, settle: [0.05, 0.1] }

const observationsIn = (updates: Iterable<FollowUpdate>): ReadonlyArray<Observation> =>
  [...updates].flatMap(update => (update._tag === 'Seen' ? update.observations : []))

const recordsOf = (observations: ReadonlyArray<Observation>, object: string): ReadonlyArray<unknown> =>
  observations
    .map(({ record }) => record as { readonly object: string })
    .filter(record => record.object === object)

/** Checks that a life was seen whole, each item once and in its order. */
const expectWhole = (life: Life, observations: ReadonlyArray<Observation>): void => {
  const object = life.family === 'job' ? 'fine_tuning.job' : 'fine-tune'
  const states = life.states.map(({ value }) => JSON.stringify(value))
  const seen = recordsOf(observations, object).map(record => states.indexOf(JSON.stringify(record)))
  expect(seen.at(-1)).toBe(states.length - 1)
  expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b))
  if (life.family === 'job') expectInOrder(recordsOf(observations, 'fine_tuning.job.event'), life.events)
  // OpenAI's snapshot holds its events itself
  else if (JSON.stringify(life.states[0]?.value).includes('"events":null'))
    expect(recordsOf(observations, 'fine-tune-event')).toEqual(life.events)
  expectInOrder(recordsOf(observations, 'fine_tuning.job.checkpoint'), life.checkpoints)
  expect(recordsOf(observations, 'finetune-kit.result-file')).toEqual(
    life.files.map(({ value }) => ({
      object: 'finetune-kit.result-file',
      name: value.record.id,
      content: value.content,
    })),
  )
}

describe('follow', () => {
  test.each([
    ['openai', {}],
    ['azure', {}],
    ['compatible', {}],
    ['openai', { rate: 0.24, repeatedPages: 0.1 }],
  ] as const)('sees whole lives of %s, each item once and in order, with the faults %o', (dialect, faults) =>
    run(
      Effect.gen(function* () {
        const options = { jobs: 5, fineTunes: 2, interval: 1, startsAt, speed: 1500, dialect }
        // an item of a legacy list that comes twice cannot be told from two
        const kinds = [
          'dropped',
          'dropped-in-body',
          'server-error',
          'html',
          'truncated',
          'other-order',
        ] as const
        const service = yield* FakeService.make({ ...options, faults: { ...faults, kinds } })
        const client = yield* clientOf(service, dialect)
        yield* Effect.forEach(
          service.lives,
          life =>
            Effect.gen(function* () {
              yield* Effect.sleep(50)
              const updates = yield* Stream.runCollect(follow(client, life.id, { pace }))
              expect(updates.at(-1)?._tag).toBe('Ended')
              expectWhole(life, observationsIn(updates))
            }),
          { concurrency: 'unbounded' },
        )
      }),
    ),
  )

  test('resumes from what is known', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 1, startsAt, clock: () => startsAt + 1e6 })
        const client = yield* clientOf(service)
        const [life] = service.lives as [Life]
        const known = [...life.events.slice(0, 5), ...life.checkpoints].map(
          record => (record as { readonly id: string }).id,
        )
        const updates = yield* Stream.runCollect(follow(client, life.id, { pace, known }))
        const observations = observationsIn(updates)
        expect(recordsOf(observations, 'fine_tuning.job.event')).toEqual(life.events.slice(5))
        expect(recordsOf(observations, 'fine_tuning.job.checkpoint')).toEqual([])
      }),
    ))

  test.each(['openai', 'compatible'] as const)(
    'keeps the order of the first second, in whichever order a service like %s lists it',
    dialect =>
      run(
        Effect.gen(function* () {
          const service = yield* FakeService.make({ jobs: 1, startsAt, dialect, clock: () => now })
          const [life] = service.lives as [Life]
          const now = life.createdAt
          const client = yield* clientOf(service, 'compatible')
          const [update] = yield* Stream.runCollect(Stream.take(follow(client, life.id, { pace }), 1))
          const written = life.events.filter(({ created_at: at }) => at === now)
          expect(written.length).toBeGreaterThan(1)
          expect(recordsOf(observationsIn(update ? [update] : []), 'fine_tuning.job.event')).toEqual(written)
        }),
      ),
  )

  test('finds events that the service writes after the end', () =>
    run(
      Effect.gen(function* () {
        let now = startsAt + 1e6
        const service = yield* FakeService.make({ jobs: 1, startsAt, clock: () => now })
        const [life] = service.lives as [Life]
        const [last] = life.events.slice(-1)
        const ended = life.states.at(-1)?.at ?? 0
        // the clock of events runs after that of the run
        Object.assign(last as object, { created_at: ended + 30 })
        now = ended + 10
        const client = yield* clientOf(service)
        const updates: Array<FollowUpdate> = []
        yield* Stream.runForEach(follow(client, life.id, { pace }), update =>
          Effect.sync(() => {
            updates.push(update)
            now = ended + 100
          }),
        )
        expect(recordsOf(observationsIn(updates), 'fine_tuning.job.event')).toEqual(life.events)
        expect(updates.map(({ _tag }) => _tag)).toEqual(['Seen', 'Seen', 'Ended'])
      }),
    ))

  test('tells once of records that are not kept, and follows the others', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 1, startsAt, clock: () => startsAt + 1e6 })
        const client = yield* clientOf(service)
        const [life] = service.lives as [Life]
        const [first, second, ...events] = life.events
        for (const event of [first, second]) Object.assign(event as object, { level: 7 })
        const updates = yield* Stream.runCollect(follow(client, life.id, { pace }))
        expectWhole({ ...life, events }, observationsIn(updates))
        expect([...updates].flatMap(update => (update._tag === 'Seen' ? update.odd : []))).toEqual([
          expect.stringContaining('/level: expected'),
        ])
      }),
    ))

  test('takes no result file that is cut, however often it is', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 1, startsAt, clock: () => startsAt + 1e6 })
        const client = yield* clientOf(service)
        const [life] = service.lives as [Life]
        service.inject('truncated', { times: 3, path: /content$/ })
        const updates = yield* Stream.runCollect(follow(client, life.id, { pace }))
        expectWhole(life, observationsIn(updates))
      }),
    ))

  test.each([
    ['compatible', /(events|checkpoints)$/, { events: [], checkpoints: [] }],
    ['azure', /checkpoints$/, { checkpoints: [] }],
  ] as const)('sees the rest of a run where a service, %s, does not know %s', (dialect, path, missing) =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 1, startsAt, dialect, clock: () => startsAt + 1e6 })
        const client = yield* clientOf(service, dialect)
        const [life] = service.lives as [Life]
        service.inject('vanished', { times: Infinity, path })
        const updates = yield* Stream.runCollect(follow(client, life.id, { pace }))
        expectWhole({ ...life, ...missing }, observationsIn(updates))
        expect(updates.at(-1)?._tag).toBe('Ended')
      }),
    ),
  )

  test('gives up a run that was there and is missing five times', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 1, startsAt, clock: () => startsAt + 60 })
        const client = yield* clientOf(service)
        const [life] = service.lives as [Life]
        let faults = 0
        const updates = follow(client, life.id, { pace }).pipe(
          Stream.tap(({ _tag }) =>
            Effect.sync(() => {
              if (_tag === 'Seen') service.inject('vanished', { times: Infinity })
              if (_tag === 'Fault') faults++
            }),
          ),
        )
        expect((yield* Effect.flip(Stream.runDrain(updates))).kind).toBe('NotFound')
        expect(faults).toBe(5)
      }),
    ))

  test('names faults and continues; stops where asking again does not help', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 1, startsAt, clock: () => startsAt + 1e6 })
        const client = yield* clientOf(service)
        const [life] = service.lives as [Life]
        service.inject('bad-gateway', { times: 3 })
        const updates = yield* Stream.runCollect(follow(client, life.id, { pace }))
        expect(updates[0]).toMatchObject({ _tag: 'Fault', error: { kind: 'Unavailable' } })
        expectWhole(life, observationsIn(updates))
        service.inject('huge')
        const afterHuge = yield* Stream.runCollect(follow(client, life.id, { pace }))
        expect(afterHuge[0]).toMatchObject({ _tag: 'Fault', error: { kind: 'TooLarge' } })
        expectWhole(life, observationsIn(afterHuge))
        service.inject('unauthorized')
        const refused = yield* Effect.flip(Stream.runCollect(follow(client, life.id, { pace })))
        expect(refused.kind).toBe('Unauthorized')
        const nowhere = yield* Effect.flip(Stream.runCollect(follow(client, 'ftjob-nowhere', { pace })))
        expect(nowhere.kind).toBe('NotFound')
      }),
    ))
})
