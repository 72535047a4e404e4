import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as TestClock from 'effect/testing/TestClock'
import { expect, test } from 'vitest'
import { sse } from '../../src/server/sse.ts'

test('a quiet stream of events sends a heartbeat every 15 seconds', async () => {
  const sent: Array<string> = []
  await Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const { body } = sse(Stream.concat(Stream.succeed({ event: 'first', data: 1 }), Stream.never))
        if (body._tag !== 'Stream') return
        yield* Effect.forkScoped(
          Stream.runForEach(body.stream, chunk =>
            Effect.sync(() => sent.push(Buffer.from(chunk).toString())),
          ),
        )
        yield* TestClock.adjust('14 seconds')
        expect(sent.join('')).toBe('event: first\ndata: 1\n\n')
        yield* TestClock.adjust('17 seconds')
      }),
    ).pipe(Effect.provide(TestClock.layer())),
  )
  const beat = 'event: heartbeat\ndata: {}\n\n'
  expect(sent.join('')).toBe(`event: first\ndata: 1\n\n${beat}${beat}`)
})
