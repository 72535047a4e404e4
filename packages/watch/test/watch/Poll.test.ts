import type * as PersistedQueue from 'effect/persistence/PersistedQueue'
import * as Effect from 'effect/Effect'
import { expect, test } from 'vitest'
import { offerPoll, type Poll } from '../../src/watch/Poll.ts'

test.each([
  [0.4, 0],
  [1.5, 2],
  [600, 600],
  [86_400, 600],
])('offerPoll of a poll that is due in %d seconds waits %i', (delay, seconds) => {
  const delays: Array<unknown> = []
  const queue = {
    offer: (_: Poll, options: { readonly delay: number }) =>
      Effect.sync(() => void delays.push(options.delay)),
  } as unknown as PersistedQueue.PersistedQueue<Poll>
  const poll = { watch: 1, n: 2, quiet: 3 }
  Effect.runSync(offerPoll(queue, poll, delay))
  expect(delays).toEqual([seconds * 1000])
})
