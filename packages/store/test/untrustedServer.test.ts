import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import * as Effect from 'effect/Effect'
import { afterAll, expect, test } from 'vitest'
import { openStore } from '../src/openStore.ts'
import { run } from './support/withStore.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-certificate-'))
afterAll(() => rmSync(folder, { recursive: true }))

test.skipIf(!hasOpenssl)('a server whose certificate is not trusted is named, with the remedy', async () => {
  const certificate = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key -out cert'
  execFileSync('openssl', certificate.split(' '), { cwd: folder, stdio: 'ignore' })
  const [key, cert] = ['key', 'cert'].map(name => readFileSync(join(folder, name)))
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write('S') // the answer to a request for TLS
      new TLSSocket(socket, { isServer: true, key, cert }).on('error', () => {})
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const databaseUrl = `postgres://ada@127.0.0.1:${port}/runs?sslmode=require`
  expect(await run(Effect.flip(openStore({ databaseUrl })))).toEqual({
    _tag: 'StoreError',
    kind: 'CannotConnect',
    message: `postgres://127.0.0.1:${port}/runs: its certificate is of an unknown authority. Name the file of that authority in NODE_EXTRA_CA_CERTS.`,
  })
  server.close()
})
