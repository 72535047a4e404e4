import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { DatabaseOptions } from '@finetune-kit/store'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'
import type * as t from 'io-ts'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { ConnectionList } from '../../src/api/connections.ts'
import { WatchList } from '../../src/api/watches.ts'
import { servicesOf } from '../../src/server/watching/Services.ts'
import { databases } from './databases.ts'
import { inProcess } from './inProcess.ts'
import { asked } from './started.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

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

/** A service that sends every request on to another address. */
const redirecting = async (to: string) => {
  const server = createServer((request, response) => {
    response.writeHead(307, { location: `${to}${request.url ?? ''}` }).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { baseUrl: `http://127.0.0.1:${port}/v1`, close: () => server.close() }
}

/** The key of the fake service, bound to its address. */
const bound = () => `FAKE_KEY=${service.baseUrl}`

const key = { key_name: 'FAKE_KEY' }

const refusal = (status: number, message: RegExp | string) => ({
  status,
  body: { error: { message: typeof message === 'string' ? message : expect.stringMatching(message) } },
})

describe.each(databases)('watching on $name', ({ fresh }) => {
  const closing: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })

  /** A ledger that was started with these keys, over a new database unless one is passed. */
  const ledger = async (keys: ReadonlyArray<string>, database?: DatabaseOptions) => {
    const made = database === undefined ? await fresh() : undefined
    if (made !== undefined) closing.push(made.remove)
    const options = database ?? made?.options
    const server = await inProcess([], options, await Effect.runPromise(servicesOf(keys)))
    closing.push(server.close)
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

  test('a connection is tested, added, watched whole, and removed; its runs stay', async () => {
    const { send, connections, watches, get } = await ledger([bound()])
    const keys = [{ name: 'FAKE_KEY', base_url: service.baseUrl }]
    expect(await connections()).toEqual({ connections: [], keys })
    expect(await send('POST', '/api/connections/test', key)).toEqual({
      status: 200,
      body: { ok: true, message: '3 jobs found' },
    })
    expect(await connections()).toEqual({ connections: [], keys })
    const added = await send('POST', '/api/connections', key)
    const connection = {
      id: 1,
      base_url: service.baseUrl,
      dialect: 'compatible',
      api_version: null,
      key_name: 'FAKE_KEY',
      problem: null,
      not_before: null,
      runs: { active: 0, paused: 0, stopped: 0, ended: 0 },
    }
    expect(added).toEqual({ status: 201, body: connection })
    expect(await send('POST', '/api/connections', key)).toEqual(added)
    const all = await send('POST', '/api/watches', { connection: 1 })
    expect(all).toMatchObject({ status: 201, body: { run_id: null, state: 'active', fault: null } })
    const stored = async () => ((await get('/api/runs')).body as { matched: number }).matched
    await vi.waitFor(async () => expect(await stored()).toBe(3), { timeout: 60_000, interval: 200 })
    const [life] = service.lives
    const [run] = await watches(`?run_id=${life?.id}&connection=1`)
    expect(run).toMatchObject({ connection: 1, run_id: life?.id, fault: null, status: 'succeeded' })
    const [first] = await watches('?limit=1')
    expect((await watches(`?before=${first?.id}`)).length).toBe((await watches()).length - 1)
    expect((await watches('?run_id=')).map(({ run_id }) => run_id)).toEqual([null])
    expect(await send('DELETE', '/api/connections/1')).toEqual({ status: 204, body: undefined })
    expect(await send('DELETE', '/api/connections/1')).toEqual(
      refusal(404, 'connection 1: not there. Look at /api/connections.'),
    )
    expect([await watches(), await stored()]).toEqual([[], 3])
  })

  test('a watch is paused, resumed, polled at once and stopped', async () => {
    const { send, watches } = await ledger([bound()])
    await send('POST', '/api/connections', key)
    await send('POST', '/api/watches', { connection: 1 })
    const polled = async () => (await watches('?run_id='))[0]?.last_poll_at ?? 0
    await vi.waitFor(async () => expect(await polled()).toBeGreaterThan(0), { timeout: 60_000 })
    const edit = (state: string) => send('PATCH', '/api/watches/1', { state })
    expect(await edit('paused')).toMatchObject({ status: 200, body: { state: 'paused', next_poll_at: null } })
    expect(await edit('paused')).toMatchObject({ status: 200 })
    expect(await send('POST', '/api/watches/1/poll')).toEqual(
      refusal(409, 'watch 1: it is paused, and cannot be polled. Resume it first.'),
    )
    expect((await watches('?state=paused')).map(({ id }) => id)).toEqual([1])
    const before = await polled()
    expect(await edit('active')).toMatchObject({
      body: { state: 'active', next_poll_at: expect.any(Number) },
    })
    await vi.waitFor(async () => expect(await polled()).toBeGreaterThan(before), { timeout: 60_000 })
    const again = await polled()
    expect((await send('POST', '/api/watches/1/poll')).status).toBe(200)
    await vi.waitFor(async () => expect(await polled()).toBeGreaterThan(again), { timeout: 60_000 })
    expect(await edit('stopped')).toMatchObject({ body: { state: 'stopped', next_poll_at: null } })
    expect(await edit('paused')).toEqual(
      refusal(409, 'watch 1: it is stopped, and cannot be paused. Resume it first.'),
    )
    const [life] = service.lives
    const run = { connection: 1, run_id: life?.id }
    const { body } = await send('POST', '/api/watches', run)
    expect((await send('POST', '/api/watches', run)).body.id).toBe(body.id)
  })

  test('a refused key pauses the watch, and the reason is told without the key', async () => {
    const { send, watches } = await ledger([`WRONG_KEY=${service.baseUrl}`])
    const wrong = { key_name: 'WRONG_KEY' }
    const tested = await send('POST', '/api/connections/test', wrong)
    expect(tested.body).toEqual({ ok: false, message: expect.stringContaining('the key is refused (401') })
    await send('POST', '/api/connections', wrong)
    await send('POST', '/api/watches', { connection: 1 })
    await vi.waitFor(async () => expect((await watches())[0]?.state).toBe('paused'), { timeout: 60_000 })
    expect((await watches())[0]?.fault).toContain('the key is refused (401')
    const before = (await watches())[0]?.last_poll_at ?? 0
    expect(await send('POST', '/api/connections/1/resume')).toMatchObject({ status: 200, body: { id: 1 } })
    await vi.waitFor(
      async () =>
        expect((await watches())[0]).toMatchObject({
          state: 'paused',
          last_poll_at: expect.toSatisfy(at => at > before),
        }),
      { timeout: 60_000 },
    )
    expect(await send('POST', '/api/connections/9/resume')).toEqual(refusal(404, /^connection 9: not there/))
  })

  test.each([
    [
      { key_name: 'OTHER_KEY' },
      /^key_name: not a variable that this server was given\. .*--api-key-env NAME/,
    ],
    [{ key_name: '' }, /^key_name: not a variable/],
    [{ key_name: 'PATH' }, /^key_name: not a variable/],
    [{ key_name: '__proto__' }, /^key_name: not a variable/],
    [{}, /^\/key_name: /],
    [{ key_name: ['FAKE_KEY'] }, /^\/key_name: expected string/],
    [{ ...key, dialect: 'other' }, /^\/dialect: /],
  ])('no connection is made by %j', async (body, message) => {
    const { send, connections } = await ledger([bound()])
    for (const path of ['/api/connections', '/api/connections/test'])
      expect(await send('POST', path, body)).toMatchObject(refusal(400, message))
    expect((await connections()).connections).toEqual([])
  })

  test('a key goes to its own base URL only, however another one is written', async () => {
    const { send, connections } = await ledger([bound()])
    const requests = service.requests()
    const { port } = new URL(service.baseUrl)
    for (const base_url of [
      'https://evil.example/v1',
      `http://127.0.0.1:${port}@evil.example/v1`,
      `http://127.0.0.1:${port}.evil.example/v1`,
      `http://localhost:${port}/v1`,
      `http://[::1]:${port}/v1`,
      `http://[::ffff:127.0.0.1]:${port}/v1`,
      `https://127.0.0.1:${port}/v1`,
      `http://127.0.0.1:${port}/v1/../other`,
      `http://127.0.0.1:1/v1`,
      '//evil.example/v1',
      'file:///etc/passwd',
      '',
    ])
      for (const path of ['/api/connections', '/api/connections/test'])
        expect([base_url, await send('POST', path, { ...key, base_url })]).toMatchObject([
          base_url,
          refusal(400, /^base_url: the key in FAKE_KEY goes to http:\/\/127\.0\.0\.1:\d+\/v1 only\./),
        ])
    expect((await connections()).connections).toEqual([])
    expect(service.requests()).toBe(requests)
    for (const same of [`http://127.1:${port}/v1/`, `http://127.0.0.1.:${port}/v1`])
      expect(await send('POST', '/api/connections', { ...key, base_url: same })).toMatchObject({
        status: 201,
        body: { id: 1, base_url: service.baseUrl },
      })
  })

  test('a key does not follow a redirect', async () => {
    const other = await redirecting(service.baseUrl.replace('/v1', ''))
    const { send } = await ledger([`FAKE_KEY=${other.baseUrl}`])
    const requests = service.requests()
    expect((await send('POST', '/api/connections/test', key)).body).toEqual({
      ok: false,
      message: expect.stringMatching(/redirects \(307 to http:.*the key is not sent there\.$/),
    })
    expect(service.requests()).toBe(requests)
    other.close()
  })

  test('a stored connection is asked by its own key at its own address only, else by nobody', async () => {
    const first = await ledger([bound()])
    const { sql } = first.store
    for (const [base_url, key_name] of [
      ['https://evil.example/v1', 'FAKE_KEY'],
      [service.baseUrl, 'OTHER_KEY'],
    ])
      await first.run(
        sql`insert into connections ${sql.insert({
          base_url,
          dialect: 'openai',
          api_version: '',
          key_name,
          created_at: 1,
        })}`,
      )
    const { connections } = await first.connections()
    expect(connections.map(({ problem }) => problem)).toEqual([
      'Key not available: start with --api-key-env FAKE_KEY=https://evil.example/v1',
      `Key not available: start with --api-key-env OTHER_KEY=${service.baseUrl}`,
    ])
    const requests = service.requests()
    for (const connection of [1, 2])
      expect(await first.send('POST', '/api/watches', { connection })).toMatchObject({ status: 201 })
    await new Promise(resolve => setTimeout(resolve, 2500))
    expect((await first.watches()).map(one => [one.state, one.fault, one.last_poll_at])).toEqual([
      ['active', null, null],
      ['active', null, null],
    ])
    expect(service.requests()).toBe(requests)
  })

  test('a watch is refused where it makes no sense', async () => {
    const { send } = await ledger([bound()])
    await send('POST', '/api/connections', key)
    for (const [method, path, body, answer] of [
      ['POST', '/api/watches', { connection: 7 }, refusal(404, /^connection 7: not there/)],
      ['POST', '/api/watches', { connection: 'x' }, refusal(400, /^\/connection: expected integer/)],
      ['POST', '/api/watches', { connection: 1, run_id: '' }, refusal(400, /^run_id: not an id/)],
      ['POST', '/api/watches', { connection: 1, run_id: '..' }, refusal(400, /^run_id: not an id/)],
      ['PATCH', '/api/watches/9', { state: 'paused' }, refusal(404, /^watch 9: not there/)],
      ['PATCH', '/api/watches/9', { state: 'ended' }, refusal(400, /^\/state: /)],
      ['POST', '/api/watches/9/poll', {}, refusal(404, /^watch 9: not there/)],
      ['PATCH', '/api/watches/x', { state: 'paused' }, refusal(400, /^id: /)],
    ] as const)
      expect([path, await send(method, path, body)]).toMatchObject([path, answer])
    for (const query of ['state=other', 'before=0', 'limit=0', 'connection=x'])
      expect((await send('GET', `/api/watches?${query}`)).status).toBe(400)
  })
})

/** The message of the error of these flags. */
const failure = (...flags: ReadonlyArray<string>) =>
  Effect.runPromise(Effect.map(Effect.flip(servicesOf(flags)), ({ message }) => message))

test('servicesOf says which key is none, and refuses one that is named twice', async () => {
  expect(await failure('NO_SUCH_KEY')).toMatch(/^--api-key-env: the variable NO_SUCH_KEY is not set/)
  expect(await failure('FAKE_KEY=http://127.0.0.1:1/v1', 'FAKE_KEY=http://127.0.0.1:2/v1')).toBe(
    '--api-key-env: FAKE_KEY is named twice. A key goes to one base URL only; pass it once.',
  )
})
