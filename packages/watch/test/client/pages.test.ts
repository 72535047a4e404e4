import * as Effect from 'effect/Effect'
import { expect, test } from 'vitest'
import { all, clientOf, messageOf } from '../support/client.ts'
import { serve } from '../support/serve.ts'
import { run } from '../support/watching.ts'

/** A service whose lists have so many equal items without an id. */
const serveEqual = (count: number) =>
  serve((_, response) => void response.end(`{"data":[${Array(count).fill('{}').join(',')}]}`))

test('a list may have as many equal items as it likes', () =>
  run(
    Effect.gen(function* () {
      const client = yield* clientOf(yield* serveEqual(100_000))
      expect(yield* all(client.fineTuneEvents('a'))).toHaveLength(100_000)
    }),
  ))

test('a list of more items than a service has is not looked at', () =>
  run(
    Effect.gen(function* () {
      const origin = yield* serveEqual(100_001)
      expect(yield* messageOf(all((yield* clientOf(origin)).fineTuneEvents('a')))).toEqual([
        'TooLarge',
        `${origin}/fine-tunes/a/events: the answer is a list of more than 100000 items. It was not read; check the base URL.`,
      ])
    }),
  ))
