import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { endStoppedBody } from '../../src/server/endStoppedBody.ts'
import { inProcess } from './inProcess.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()
let server: Awaited<ReturnType<typeof inProcess>>
beforeAll(async () => {
  vi.stubEnv('TMPDIR', folder)
  server = await inProcess([], { db: ':memory:' }, { patience: 100 })
})
afterAll(async () => {
  await server.close()
  vi.unstubAllEnvs()
})
afterEach(() => vi.useRealTimers())

/** The response to a request whose body stops, once the server has ended the connection. */
const responseTo = async (request: string, type: string, begun: string, more = ''): Promise<string> => {
  const { port, host } = new URL(server.url)
  const socket = connect({ port: Number(port), host: '127.0.0.1' })
  socket.write(
    `${request} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${server.url}\r\nContent-Type: ${type}\r\nContent-Length: 100\r\n${more}\r\n${begun}`,
  )
  let response = ''
  for await (const piece of socket) response += piece
  return response
}

const timeout =
  /HTTP\/1\.1 408 [^]*connection: close[^]*\{"error":\{"message":"The body has stopped on its way\. Repeat the request\."\}\}/i

const files = () => readdirSync(folder).flatMap(name => readdirSync(join(folder, name)))

test.each(['', 'Expect: 100-continue\r\n'])(
  'an upload that stops is ended, and leaves nothing: %j',
  async more => {
    const request = 'POST /api/imports?name=half.ndjson'
    expect(await responseTo(request, 'application/octet-stream', '{"object":', more)).toMatch(timeout)
    await vi.waitFor(() => expect(files()).toEqual([]), { timeout: 30_000 })
    expect((await server.get('/api/imports')).body).toEqual({ imports: [], next: null })
  },
)

test('a body of JSON that stops is ended with a sentence', async () => {
  expect(await responseTo('PATCH /api/runs/x', 'application/json', '{"note":')).toMatch(timeout)
})

test('a body that stops after its response is ended too', async () => {
  expect(await responseTo('PATCH /api/runs/x', 'text/plain', 'x')).toMatch(/^HTTP\/1\.1 415 /)
})

/** A request of so many bytes on its way, and what is asked of its response. */
const onItsWay = () => {
  const request = Object.assign(new PassThrough(), {
    headers: { 'transfer-encoding': 'chunked' },
    complete: false,
    socket: { bytesRead: 10 },
  })
  const end = vi.fn(() => (response.headersSent = true))
  const response = { headersSent: false, setHeader: vi.fn(), writeHead: vi.fn(), end }
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  endStoppedBody(1000)(request as never, response as never)
  return { request, end }
}

test('a body goes on for as long as bytes come, and until it is whole', () => {
  const { request, end } = onItsWay()
  for (let i = 0; i < 10; i++) {
    request.socket.bytesRead += 1
    vi.advanceTimersByTime(1000)
  }
  request.complete = true
  vi.advanceTimersByTime(10_000)
  expect([end.mock.calls, request.destroyed]).toEqual([[], false])
})

test('a body that the server has not read yet is waited for', async () => {
  const { request, end } = onItsWay()
  request.write('bytes')
  vi.advanceTimersByTime(10_000)
  expect([end.mock.calls.length, request.destroyed]).toEqual([0, false])
  request.read()
  vi.advanceTimersByTime(1000)
  expect([end.mock.calls.length, request.destroyed]).toEqual([1, false])
  vi.advanceTimersByTime(1000)
  expect([end.mock.calls.length, request.destroyed]).toEqual([1, true])
  await once(request, 'close')
  expect(vi.getTimerCount()).toBe(0)
})
