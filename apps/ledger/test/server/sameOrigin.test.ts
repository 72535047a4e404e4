import { afterAll, beforeAll, expect, test } from 'vitest'
import { sample } from './importFiles.ts'
import { inProcess } from './inProcess.ts'
import { asked } from './started.ts'

let server: Awaited<ReturnType<typeof inProcess>>
let path = ''
beforeAll(async () => {
  server = await inProcess(sample)
  const { body } = await server.get('/api/runs?limit=1')
  path = `/api/runs/${(body as { runs: ReadonlyArray<{ key: string }> }).runs[0]?.key}`
})
afterAll(() => server.close())

const json = 'application/json'
const patch = async (headers: Record<string, string>, body = '{"note":"taken"}') => {
  const { status, body: text } = await asked(server.url, path, { method: 'PATCH', headers, body })
  return { status, body: JSON.parse(text) as { error?: { message: string } } }
}
const note = async () => ((await server.get(path)).body as { summary: { note: string } }).summary.note

test('the page of the server changes something, by either header', async () => {
  const host = new URL(server.url).host
  for (const headers of [
    { origin: server.url },
    { 'sec-fetch-site': 'same-origin' },
    { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
    { origin: server.url.toUpperCase() },
  ]) {
    const body = JSON.stringify({ note: JSON.stringify(headers) })
    expect(
      await patch({ ...headers, 'content-type': `${json.toUpperCase()} ; charset=utf-8` }, body),
    ).toMatchObject({
      status: 200,
      body: { note: JSON.stringify(headers) },
    })
  }
})

test.each([
  ['no header of a browser', {}, 403],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['another port of this host', { 'sec-fetch-site': 'same-site' }, 403],
  ['an address that was typed', { 'sec-fetch-site': 'none' }, 403],
  ['another origin', { origin: 'https://evil.example' }, 403],
  ['another port', { origin: 'http://127.0.0.1:1' }, 403],
  ['another name of this host', { origin: 'http://localhost' }, 403],
  ['an origin that hides itself', { origin: 'null' }, 403],
  ['an origin that only begins alike', { origin: 'ORIGIN.evil.example' }, 403],
  ['one good header and one bad', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, 403],
  ['one bad header and one good', { origin: 'ORIGIN', 'sec-fetch-site': 'cross-site' }, 403],
  ['a form', { origin: 'ORIGIN', 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['a form with files', { origin: 'ORIGIN', 'content-type': 'multipart/form-data; boundary=x' }, 415],
  ['a form of text', { origin: 'ORIGIN', 'content-type': 'text/plain' }, 415],
  ['text that says it is JSON', { origin: 'ORIGIN', 'content-type': 'text/plain; application/json' }, 415],
  ['no type', { origin: 'ORIGIN', 'content-type': '' }, 415],
])('nothing is changed by %s', async (_, headers: Record<string, string>, status) => {
  const before = await note()
  const sent = Object.fromEntries(
    Object.entries({ 'content-type': json, ...headers }).map(([name, value]) => [
      name,
      value.replace('ORIGIN', server.url),
    ]),
  )
  const refused = await patch(sent)
  expect([refused.status, refused.body.error?.message]).toEqual([status, expect.stringMatching(/\.$/)])
  expect(await note()).toBe(before)
})

test('a request without a body has to have such a type, too', async () => {
  for (const type of ['', 'text/plain']) {
    const headers = { origin: server.url, 'content-type': type }
    expect((await asked(server.url, path, { method: 'DELETE', headers })).status).toBe(415)
  }
  expect((await server.get(path)).status).toBe(200)
})

test.each([
  ['its own page', 'same-origin', 'empty', 200],
  ['an address that was typed', 'none', 'document', 200],
  ['a link on another site', 'cross-site', 'document', 200],
  ['an image on another site', 'cross-site', 'image', 403],
  ['a frame on another site', 'cross-site', 'iframe', 403],
  ['an object on another site', 'cross-site', 'object', 403],
  ['a script of another port of this host', 'same-site', 'empty', 403],
])('%s reads as it may', async (_, site, dest, status) => {
  const mode = ['document', 'iframe', 'object'].includes(dest) ? 'navigate' : 'no-cors'
  const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest }
  for (const asks of ['/api/runs?q=secret', '/api/export', '/'])
    expect((await asked(server.url, asks, { headers })).status).toBe(status)
})

test('a program without an Origin is told which to bring', async () => {
  const refused = await patch({ 'content-type': json })
  expect(refused.body.error?.message).toMatch(
    /^No Origin: .* Pass the header Origin with the address of this server/,
  )
})

test('a proxy that does not keep the Host is told of', async () => {
  const refused = await patch({ origin: 'https://ledger.example', 'content-type': json })
  expect(refused.body.error?.message).toBe(
    `Another origin: only the page of this server may change something. The page is of "https://ledger.example", the request for "${new URL(server.url).host}". A proxy between them has to keep the Host header, with its port.`,
  )
})

test('nothing is deleted or created by another site', async () => {
  for (const [method, at] of [
    ['DELETE', path],
    ['POST', '/api/imports?name=x'],
    ['POST', '/api/connections'],
    ['POST', '/api/connections/test'],
    ['DELETE', '/api/connections/1'],
    ['POST', '/api/connections/1/resume'],
    ['POST', '/api/watches'],
    ['PATCH', '/api/watches/1'],
    ['POST', '/api/watches/1/poll'],
    ['PUT', path],
  ] as const) {
    const { status } = await asked(server.url, at, {
      method,
      headers: { 'content-type': json, origin: 'https://evil.example' },
    })
    expect([method, status]).toEqual([method, 403])
  }
  expect((await server.get(path)).status).toBe(200)
})
