import { gunzipSync, brotliDecompressSync } from 'node:zlib'
import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sample } from './importFiles.ts'
import { inProcess } from './inProcess.ts'

let server: Awaited<ReturnType<typeof inProcess>>
beforeAll(async () => {
  server = await inProcess(sample)
})
afterAll(() => server.close())

const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const sent = request(`${server.url}${path}`, { headers, method })
  sent.end()
  const [response] = await once(sent, 'response')
  const chunks: Array<Buffer> = []
  for await (const chunk of response) chunks.push(chunk)
  return { status: response.statusCode as number, headers: response.headers, body: Buffer.concat(chunks) }
}

test('an answer that has not changed is not sent again', async () => {
  const [path, other] = ['/api/runs?kind=job', '/api/runs?kind=fine-tune']
  const first = await get(path)
  const etag = first.headers.etag ?? ''
  expect(etag).toMatch(/^W\/"/)
  for (const known of [etag, etag.slice(2), `"x", ${etag}`, '*']) {
    const again = await get(path, { 'if-none-match': known })
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag])
    expect(again.headers['content-security-policy']).toMatch(/^default-src 'none'/)
    expect(again.headers.vary).toBe(first.headers.vary)
  }
  expect((await get(other, { 'if-none-match': etag })).status).toBe(200)
  const [row] = JSON.parse(String(first.body)).runs
  await server.run(server.store.edit({ id: row.id }, { note: 'changed' }))
  expect((await get(path, { 'if-none-match': etag })).status).toBe(200)
})

test('HEAD has the headers of GET', async () => {
  const [whole, head] = [await get('/api/facets'), await get('/api/facets', {}, 'HEAD')]
  const { date: _, ...headers } = whole.headers
  expect([head.status, head.body.length, head.headers]).toMatchObject([200, 0, headers])
  const { etag = '' } = headers
  expect((await get('/api/facets', { 'if-none-match': etag }, 'HEAD')).status).toBe(304)
})

test('answers are compressed for those who take it, and events are not', async () => {
  const plain = await get('/api/runs')
  expect(plain.headers['content-encoding']).toBeUndefined()
  for (const [encoding, decompress] of [
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const) {
    const { headers, body } = await get('/api/runs', { 'accept-encoding': encoding })
    expect([headers['content-encoding'], headers.vary?.toLowerCase()]).toEqual([encoding, 'accept-encoding'])
    expect(body.length).toBeLessThan(plain.body.length / 3)
    expect(decompress(body)).toEqual(plain.body)
    expect(headers.etag).toBe(plain.headers.etag)
  }
  const sent = request(`${server.url}/api/changes`, { headers: { 'accept-encoding': 'gzip' } })
  sent.end()
  const [response] = await once(sent, 'response')
  expect(response.headers['content-encoding']).toBeUndefined()
  sent.destroy()
})
