import type { DatabaseOptions } from '@finetune-kit/store'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'
import type * as t from 'io-ts'
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { ConnectionList } from '../../src/api/connections.ts'
import { WatchList } from '../../src/api/watches.ts'
import { servicesOf } from '../../src/server/watching/Services.ts'
import type { TestDatabase } from '@finetune-kit/checks/databases'
import { inProcess } from './inProcess.ts'
import { asked } from './started.ts'

/** The name of the key of the fake service, as a body of a request has it. */
export const key = { key_name: 'FAKE_KEY' }

/** A refused request, with its sentence. */
export const refusal = (status: number, message: RegExp | string) => ({
  status,
  body: { error: { message: typeof message === 'string' ? message : expect.stringMatching(message) } },
})

/** A service with three runs that are over, as long as the tests of a file run. */
export const fakeService = () => {
  const scope = Scope.makeUnsafe()
  let service: FakeService.FakeService
  beforeAll(async () => {
    const options = { jobs: 3, interval: 1, startsAt: 1_750_000_000, clock: () => 1_760_000_000 }
    service = await Effect.runPromise(Scope.provide(FakeService.make(options), scope))
    vi.stubEnv('FAKE_KEY', service.key)
    vi.stubEnv('WRONG_KEY', 'sk-wrong-secret')
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await Effect.runPromise(Scope.close(scope, Exit.void))
  })
  return { service: () => service, bound: () => `FAKE_KEY=${service.baseUrl}` }
}

/** Starts ledgers with keys, each over a new database, as long as a test runs. */
export const ledgers = ({ make }: TestDatabase) => {
  const closing: Array<() => Promise<void> | void> = []
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })
  return async (keys: ReadonlyArray<string>) => {
    const { options, remove } = make()
    closing.push(remove)
    const server = await started(options, keys)
    closing.push(server.close)
    return server
  }
}

const started = async (options: DatabaseOptions, keys: ReadonlyArray<string>) => {
  const server = await inProcess([], options, { services: await Effect.runPromise(servicesOf(keys)) })
  const send = async (method: string, path: string, body: unknown = {}) => {
    const headers = { origin: server.url, 'content-type': 'application/json' }
    // Node frames no body of these
    const hasBody = method !== 'GET' && method !== 'DELETE'
    const sent = hasBody ? { method, headers, body: JSON.stringify(body) } : { method, headers }
    const answer = await asked(server.url, path, sent)
    expect(answer.body).not.toContain('secret')
    return { status: answer.status, body: answer.body === '' ? undefined : JSON.parse(answer.body) }
  }
  const get = async <A>(codec: t.Type<A>, path: string): Promise<A> => {
    const { body } = await server.get(path)
    expect([path, codec.is(body)]).toEqual([path, true])
    return body as A
  }
  const watches = async (query = '') => (await get(WatchList, `/api/watches${query}`)).watches
  return { ...server, send, watches, connections: () => get(ConnectionList, '/api/connections') }
}
