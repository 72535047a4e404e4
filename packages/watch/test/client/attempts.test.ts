import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import { clientOf } from '../support/client.ts'
import { serve } from '../support/serve.ts'
import { run } from '../support/watching.ts'

test.each([
  { answer: 'a failure of the service', status: 503, body: '', made: 3 },
  { answer: 'what is no JSON', status: 200, body: '<html>', made: 3 },
  { answer: 'a body that is too large', status: 200, body: '[1, 2, 3]', made: 1 },
  { answer: 'a run that is not there', status: 404, body: '', made: 1 },
])('a request is made $made times of 3 for $answer', ({ status, body, made }) =>
  run(
    Effect.gen(function* () {
      let count = 0
      const baseUrl = yield* serve((_, response) => {
        count++
        response.writeHead(status).end(body)
      })
      const client = yield* clientOf(baseUrl, { attempts: 3, maxBytes: 8 })
      yield* Effect.flip(client.job('a'))
      expect(count).toBe(made)
    }),
  ),
)

test('a list that is not there is no matter of an id', () =>
  run(
    Effect.gen(function* () {
      const baseUrl = yield* serve((_, response) => void response.writeHead(404).end())
      const client = yield* clientOf(baseUrl)
      for (const list of [Stream.runDrain(client.jobs), Stream.runDrain(client.files)])
        expect((yield* Effect.flip(list)).message).toMatch(/ends with \/v1\.$/)
      for (const one of [Effect.asVoid(client.job('a')), Effect.asVoid(client.file('a'))])
        expect((yield* Effect.flip(one)).message).toMatch(/ends with \/v1, and the id\.$/)
    }),
  ))

const dateIn = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString()

test.each([
  ['behind', -7200],
  ['ahead', 7200],
])('a Retry-After that is a date is one of the service, whose clock is %s', (_, skew) =>
  run(
    Effect.gen(function* () {
      const baseUrl = yield* serve((_, response) =>
        response.writeHead(429, { date: dateIn(skew), 'retry-after': dateIn(skew + 60) }).end(),
      )
      const { notBefore = 0 } = yield* Effect.flip((yield* clientOf(baseUrl)).job('a'))
      expect(Math.abs(notBefore - Date.now() - 60_000)).toBeLessThan(30_000)
    }),
  ),
)
