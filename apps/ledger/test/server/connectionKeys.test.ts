import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as Effect from 'effect/Effect'
import { describe, expect, test } from 'vitest'
import { servicesOf } from '../../src/server/watching/Services.ts'
import { databases } from '@finetune-kit/checks/databases'
import { fakeService, key, ledgers, refusal } from './watchingLedger.ts'

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

const { service, bound } = fakeService()

describe.each(databases)('keys of connections on $name', database => {
  const ledger = ledgers(database)

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
    const requests = service().requests()
    const { port } = new URL(service().baseUrl)
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
    expect(service().requests()).toBe(requests)
    for (const same of [`http://127.1:${port}/v1/`, `http://127.0.0.1.:${port}/v1`])
      expect(await send('POST', '/api/connections', { ...key, base_url: same })).toMatchObject({
        status: 201,
        body: { id: 1, base_url: service().baseUrl },
      })
  })

  test('a key does not follow a redirect', async () => {
    const other = await redirecting(service().baseUrl.replace('/v1', ''))
    const { send } = await ledger([`FAKE_KEY=${other.baseUrl}`])
    const requests = service().requests()
    expect((await send('POST', '/api/connections/test', key)).body).toEqual({
      ok: false,
      message: expect.stringMatching(/redirects \(307 to http:.*the key is not sent there\.$/),
    })
    expect(service().requests()).toBe(requests)
    other.close()
  })

  test('a stored connection is asked by its own key at its own address only, else by nobody', async () => {
    const first = await ledger([bound()])
    const { sql } = first.store
    for (const [base_url, key_name] of [
      ['https://evil.example/v1', 'FAKE_KEY'],
      [service().baseUrl, 'OTHER_KEY'],
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
      `Key not available: start with --api-key-env OTHER_KEY=${service().baseUrl}`,
    ])
    const requests = service().requests()
    for (const connection of [1, 2])
      expect(await first.send('POST', '/api/watches', { connection })).toMatchObject({ status: 201 })
    await new Promise(resolve => setTimeout(resolve, 2500))
    expect((await first.watches()).map(one => [one.state, one.fault, one.last_poll_at])).toEqual([
      ['active', null, null],
      ['active', null, null],
    ])
    expect(service().requests()).toBe(requests)
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
