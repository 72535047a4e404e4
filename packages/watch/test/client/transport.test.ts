import * as Effect from 'effect/Effect'
import { expect, test, vi } from 'vitest'
import { transport } from '../../src/client/transport.ts'

// as Bun has it
vi.mock('@effect/platform-node/Undici', () => ({ default: { EnvHttpProxyAgent: vi.fn() } }))

test('where undici has no agents, as in Bun, the client says so and throws nothing', async () => {
  expect(await Effect.runPromise(Effect.scoped(Effect.flip(transport())))).toEqual({
    _tag: 'ServiceError',
    kind: 'BadOptions',
    message:
      'HTTP client: Bun has an undici of its own, which lacks agents. Use Node 22.19 or newer, or Deno.',
  })
})
