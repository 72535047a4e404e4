import * as Effect from 'effect/Effect'
import * as TestClock from 'effect/testing/TestClock'
import { expect, test } from 'vitest'
import { requestBudget } from '../../src/client/requestBudget.ts'
import { clientOf } from '../support/client.ts'
import { serveJson } from '../support/serve.ts'
import { run } from '../support/watching.ts'

test('requests of ten seconds are made at once, the others at the rate', () =>
  Effect.runPromise(
    Effect.gen(function* () {
      let made = 0
      const budget = requestBudget(600)
      const request = Effect.andThen(
        budget,
        Effect.sync(() => made++),
      )
      yield* Effect.forkChild(Effect.forEach(Array.from({ length: 1000 }), () => request, { discard: true }))
      yield* TestClock.adjust('50 millis')
      expect(made).toBe(100)
      yield* TestClock.adjust('1 second')
      expect(made).toBe(110)
      yield* TestClock.adjust('10 seconds')
      expect(made).toBe(210)
    }).pipe(Effect.provide(TestClock.layer()), Effect.scoped),
  ))

test('a client keeps to the number of requests a minute that it is given', () =>
  run(
    Effect.gen(function* () {
      let made = 0
      const baseUrl = yield* serveJson(() => ({ data: [], made: made++ }))
      const client = yield* clientOf(baseUrl, { requestsPerMinute: 6, attempts: 1 })
      const asked = Effect.exit(client.job('a'))
      yield* asked
      expect(made).toBe(1)
      yield* Effect.timeoutOption(asked, '200 millis')
      expect(made).toBe(1)
    }),
  ))
