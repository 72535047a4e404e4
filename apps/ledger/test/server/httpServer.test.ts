import * as Effect from 'effect/Effect'
import * as HttpServer from 'effect/http/HttpServer'
import { expect, test } from 'vitest'
import { httpServer } from '../../src/server/httpServer.ts'
import { asked } from './started.ts'

test.each([
  ['', {}],
  [', also to who waits to send a body', { expect: '100-continue' }],
])('a server that has no handler yet answers that it is starting%s', async (_, sent) => {
  const { status, headers, body } = await HttpServer.addressFormattedWith(url =>
    Effect.promise(() =>
      asked(url, '/api/imports', { method: 'POST', headers: sent, body: 'x'.repeat(200_000) }),
    ),
  ).pipe(Effect.provide(httpServer(0)), Effect.runPromise)
  expect([status, headers['retry-after']]).toEqual([503, '1'])
  expect(JSON.parse(body)).toEqual({
    error: { message: 'The server is starting. Repeat the request.' },
  })
})
