import { spawn } from 'node:child_process'
import dns from 'node:dns'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { type AddressInfo, createServer as createSocketServer, isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@finetune-kit/watch'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Certificates, hasOpenssl, makeCertificates } from '../support/certificates.ts'
import { connectProxy } from '../support/connectProxy.ts'
import { serve } from '../support/serve.ts'
import { run } from '../support/watching.ts'

const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy']

beforeEach(() => {
  for (const name of [...proxyVariables, 'SSL_CERT_FILE']) vi.stubEnv(name, undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** The error of a request for a job, without its subject. */
const messageOf = (baseUrl: string) =>
  Effect.flatMap(Client.make({ baseUrl, retryDelay: 1, attempts: 2 }), client =>
    Effect.map(Effect.flip(client.job('a')), ({ message }) =>
      message.replace(`${client.source}/fine_tuning/jobs/a: `, ''),
    ),
  )

describe('proxies', () => {
  test('HTTP_PROXY is used for a service without TLS, and NO_PROXY excepts hosts', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 1 })
        const proxy = yield* connectProxy()
        const { host } = new URL(service.baseUrl)
        vi.stubEnv('HTTP_PROXY', proxy.url)
        expect(yield* messageOf(service.baseUrl)).toMatch(/^a key is required \(401/)
        expect(proxy.asked.length).toBeGreaterThan(0)
        expect(new Set(proxy.asked)).toEqual(new Set([host]))
        const before = proxy.asked.length
        vi.stubEnv('NO_PROXY', 'example.com,127.0.0.1')
        expect(yield* messageOf(service.baseUrl)).toMatch(/^a key is required \(401/)
        expect(proxy.asked.length).toBe(before)
      }),
    ))

  test.each([
    [
      '407 Proxy Authentication Required',
      'the proxy wants a user and a password (407). Pass HTTPS_PROXY as http://USER:PASSWORD@HOST:PORT.',
    ],
    ['403 Forbidden', 'the proxy refuses (403). Check HTTPS_PROXY, or name the host in NO_PROXY.'],
  ])('a proxy that refuses with %s is named, with what to do', (status, message) =>
    run(
      Effect.gen(function* () {
        vi.stubEnv('HTTPS_PROXY', (yield* connectProxy(status)).url)
        expect(yield* messageOf('https://service.invalid/v1')).toBe(message)
      }),
    ),
  )

  test('a proxy that is not there, or is none, is named', () =>
    run(
      Effect.gen(function* () {
        vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:9')
        expect(yield* messageOf('https://service.invalid/v1')).toBe(
          'the proxy 127.0.0.1:9 does not answer. Check HTTPS_PROXY and HTTP_PROXY.',
        )
        vi.stubEnv('HTTPS_PROXY', yield* serve((_, response) => response.socket?.destroy()))
        expect(yield* messageOf('https://service.invalid/v1')).toBe(
          'the proxy closed the connection. Check HTTPS_PROXY and HTTP_PROXY.',
        )
        vi.stubEnv('HTTPS_PROXY', 'proxy.local')
        expect((yield* Effect.flip(Client.make({ baseUrl: 'https://service.invalid/v1' }))).message).toBe(
          'HTTPS_PROXY, HTTP_PROXY: not the address of a proxy. Write it as http://HOST:PORT.',
        )
      }),
    ))

  test('a proxy whose name has several addresses is named where none of them answers', () =>
    run(
      Effect.gen(function* () {
        const found = ['::1', '127.0.0.1'].map(address => ({ address, family: isIP(address) }))
        const lookup = (_: string, __: object, tell: (error: null, all: typeof found) => void) =>
          tell(null, found)
        vi.spyOn(dns, 'lookup').mockImplementation(lookup as never)
        vi.stubEnv('HTTPS_PROXY', 'http://localhost:9')
        expect(yield* messageOf('https://service.invalid/v1')).toBe(
          'the proxy [::1]:9 does not answer. Check HTTPS_PROXY and HTTP_PROXY.',
        )
      }),
    ))
})

test('a service without TLS at an https address, and one that closes connections, are named', () =>
  run(
    Effect.gen(function* () {
      const origin = yield* serve((_, response) => void response.end('{}'))
      expect(yield* messageOf(origin.replace('http:', 'https:'))).toBe(
        'it answers without TLS. Use a base URL with http:// where the service has none.',
      )
      const closing = yield* Effect.acquireRelease(
        Effect.callback<ReturnType<typeof createSocketServer>>(resume => {
          const server = createSocketServer(socket => socket.destroy())
          server.listen(0, '127.0.0.1', () => resume(Effect.succeed(server)))
        }),
        server => Effect.sync(() => server.close()),
      )
      const { port } = closing.address() as AddressInfo
      expect(yield* messageOf(`http://127.0.0.1:${port}/v1`)).toBe(
        'the connection broke. It is tried again later. If that stays so, use a base URL with https://.',
      )
    }),
  ))

describe.skipIf(!hasOpenssl())('a private authority', () => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-certificates-'))
  let files: Certificates
  let server: Server
  let baseUrl: string
  const job = { object: 'fine_tuning.job', id: 'a', created_at: 1, model: 'm', status: 'running' }

  beforeAll(async () => {
    files = makeCertificates(folder)
    const [key, cert] = [readFileSync(files.key), readFileSync(files.certificate)]
    server = createServer({ key, cert }, (_, response) => void response.end(JSON.stringify(job)))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    baseUrl = `https://localhost:${(server.address() as AddressInfo).port}/v1`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true })
  })

  test('is refused, with what to do', () =>
    run(
      Effect.gen(function* () {
        expect(yield* messageOf(baseUrl)).toMatch(
          /^its certificate is of an? (unknown|private) authority\. Name the file of (its|that) authority in SSL_CERT_FILE\.$/,
        )
      }),
    ))

  test('is trusted by SSL_CERT_FILE, also through a proxy', () =>
    run(
      Effect.gen(function* () {
        vi.stubEnv('SSL_CERT_FILE', files.authority)
        const direct = yield* Client.make({ baseUrl })
        expect(yield* direct.job('a')).toEqual(job)
        const proxy = yield* connectProxy()
        vi.stubEnv('HTTPS_PROXY', proxy.url)
        const tunnelled = yield* Client.make({ baseUrl })
        expect(yield* tunnelled.job('a')).toEqual(job)
        expect(proxy.asked).toEqual([new URL(baseUrl).host])
        vi.stubEnv('SSL_CERT_FILE', join(folder, 'none.pem'))
        expect((yield* Effect.flip(Client.make({ baseUrl }))).message).toBe(
          `SSL_CERT_FILE: ${join(folder, 'none.pem')} cannot be read (ENOENT). Name a file of certificates.`,
        )
      }),
    ))

  test('is trusted by NODE_EXTRA_CA_CERTS, also next to SSL_CERT_FILE', async () => {
    const program = `
      import { Client } from '@finetune-kit/watch'
      import * as Effect from 'effect/Effect'
      const job = Effect.scoped(Effect.flatMap(Client.make({ baseUrl: '${baseUrl}' }), client => client.job('a')))
      console.log((await Effect.runPromise(job)).id)`
    const other = mkdtempSync(join(folder, 'other-'))
    for (const more of [{}, { SSL_CERT_FILE: makeCertificates(other).authority }]) {
      const child = spawn(
        process.execPath,
        ['--conditions=@finetune-kit/source', '--input-type=module', '--eval', program],
        {
          cwd: join(import.meta.dirname, '../..'),
          env: { ...process.env, NODE_EXTRA_CA_CERTS: files.authority, ...more },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      let stdout = ''
      child.stdout.on('data', text => (stdout += text))
      await once(child, 'close')
      expect(stdout).toBe('a\n')
    }
  })
})
