import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import * as Effect from 'effect/Effect'
import { postgres, type TestDatabase } from '@finetune-kit/checks/databases'
import { asked, started } from './started.ts'

test.skipIf(postgres === undefined)(
  'server tells that its database says nothing, and ends by Ctrl-C meanwhile',
  () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.flatMap((postgres as TestDatabase).fresh, ({ databaseUrl = '' }) =>
          Effect.promise(() => endsWithout(databaseUrl)),
        ),
      ),
    ),
)

/** Ends a server by Ctrl-C after its connections to the database have gone silent. */
const endsWithout = async (databaseUrl: string): Promise<void> => {
  const target = new URL(databaseUrl)
  const sockets: Array<Socket> = []
  let isSilent = false
  const proxy = createServer(socket => {
    sockets.push(socket)
    if (isSilent) return
    const behind = connect(Number(target.port), target.hostname)
    for (const one of [socket, behind]) one.on('error', () => {})
    sockets.push(behind)
    socket.pipe(behind).pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const near = new URL(databaseUrl)
  near.port = String((proxy.address() as AddressInfo).port)
  const other = started([], ['--port', '0'], { DATABASE_URL: near.href })
  const address = await other.address
  expect((await asked(address, '/healthz')).status).toBe(200)
  isSilent = true
  for (const socket of sockets) socket.unpipe()
  asked(address, '/api/runs').catch(() => {})
  const { status, body } = await asked(address, '/healthz')
  expect([status, JSON.parse(body)]).toEqual([
    503,
    { error: { message: expect.stringMatching(/^postgres:.*: no answer within 3 seconds\. Check /) } },
  ])
  other.process.kill('SIGINT')
  expect(await other.ended).toMatchObject({ code: 0, stderr: '' })
  for (const socket of sockets) socket.destroy()
  proxy.close()
}
