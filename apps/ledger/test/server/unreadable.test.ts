import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answering } from '../../src/server/httpServer.ts'
import { inProcess } from './inProcess.ts'
import { asked } from './started.ts'

let server: Awaited<ReturnType<typeof inProcess>>
beforeAll(async () => {
  server = await inProcess([])
})
afterAll(() => server.close())

/** Sends bytes, and returns the status and the body of the response. */
const sent = async (text: string) => {
  const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1' })
  socket.on('error', () => {})
  socket.write(text)
  let response = ''
  for await (const piece of socket) response += piece
  const [head = '', body = ''] = response.split(/\r\n\r\n/)
  const length = Number(/^content-length: (\d+)/im.exec(head)?.[1])
  return { status: Number(head.split(' ')[1]), body: Number.isNaN(length) ? body.split('\r\n')[1] : body }
}

const host = 'Host: 127.0.0.1\r\nConnection: close'

test.each([
  ['no HTTP', 'hello\r\n\r\n', 400],
  ['an unknown method', `FOO / HTTP/1.1\r\n${host}\r\n\r\n`, 400],
  ['a header that is none', `GET / HTTP/1.1\r\n${host}\r\nX Y: 1\r\n\r\n`, 400],
  ['a long address', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n\r\n`, 431],
  ['many headers', `GET / HTTP/1.1\r\n${host}\r\n${'X: 1\r\n'.repeat(4000)}\r\n`, 431],
  ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['a name that no file can have', `GET /${'a'.repeat(300)} HTTP/1.1\r\n${host}\r\n\r\n`, 404],
  ['a path through a file', `GET /index.html/x HTTP/1.1\r\n${host}\r\n\r\n`, 404],
  ['a tunnel', `CONNECT example.com:443 HTTP/1.1\r\n${host}\r\n\r\n`, 405],
  ['an expectation', `GET /healthz HTTP/1.1\r\n${host}\r\nExpect: miracles\r\n\r\n`, 417],
])('%s is answered by an error with a sentence', async (_, request, status) => {
  const answer = await sent(request)
  expect(answer.status).toBe(status)
  expect(answer.body).not.toContain('cannot answer')
  expect(JSON.parse(String(answer.body))).toEqual({
    error: { message: expect.stringMatching(/^[A-Z].+\.$/) },
  })
})

const send = (method: string, path: string, type: string, body: string, more = {}) =>
  asked(server.url, path, {
    method,
    headers: { origin: server.url, 'content-type': type, ...more },
    body,
  })

test('a body of JSON is limited, also without its length; an upload is not', async () => {
  const note = JSON.stringify({ note: 'x'.repeat(70_000) })
  for (const more of [{}, { 'transfer-encoding': 'chunked' }]) {
    const { status, body } = await send('PATCH', '/api/runs/x', 'application/json', note, more)
    expect([status, JSON.parse(body)]).toEqual([
      413,
      { error: { message: 'The body is too large: at most 64 KiB of JSON are taken.' } },
    ])
  }
  const upload = await send('POST', '/api/imports?name=x', 'application/octet-stream', note.repeat(20))
  expect(upload.status).toBe(202)
})

test('headers that take for ever are not waited for', () => {
  expect(answering().headersTimeout).toBe(60_000)
})
