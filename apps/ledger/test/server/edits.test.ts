import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunList } from '../../src/api/runs.ts'
import { sample } from './importFiles.ts'
import { inProcess } from './inProcess.ts'
import { asked } from './started.ts'

let server: Awaited<ReturnType<typeof inProcess>>
beforeAll(async () => {
  server = await inProcess(sample)
})
afterAll(() => server.close())

const runs = async (query = '') => (await server.get(`/api/runs${query}`)).body as RunList

const send = async (method: string, path: string, body = '', type = 'application/json') => {
  const headers = { origin: server.url, 'content-type': type }
  const answer = await asked(server.url, path, { method, headers, body })
  return {
    status: answer.status,
    headers: answer.headers,
    body: answer.body === '' ? '' : JSON.parse(answer.body),
  }
}

test('a run is tagged, noted, hidden, found by that, and deleted', async () => {
  const { runs: all, matched } = await runs()
  const [first] = all
  const path = `/api/runs/${first?.key}`
  const edited = await send('PATCH', path, JSON.stringify({ tags: ['best', 'best'], note: 'Keep ⚑' }))
  expect(edited).toMatchObject({ status: 200, body: { key: first?.key, tags: ['best'], note: 'Keep ⚑' } })
  expect((await runs('?tag=best')).runs.map(({ key }) => key)).toEqual([first?.key])
  expect((await runs(`?q=${encodeURIComponent('KEEP ⚑')}`)).matched).toBe(1)

  expect(await send('PATCH', path, '{"hidden":true}')).toMatchObject({
    status: 200,
    body: { note: 'Keep ⚑' },
  })
  expect((await runs()).matched).toBe(matched - 1)
  expect((await runs('?hidden=only')).runs.map(({ key }) => key)).toEqual([first?.key])

  expect(await send('DELETE', path)).toMatchObject({ status: 204, body: '' })
  expect((await server.get(path)).status).toBe(404)
  expect((await runs('?hidden=with')).matched).toBe(matched - 1)
  expect(await send('DELETE', path)).toMatchObject({ status: 404 })
})

test.each([
  ['{"tags":"best"}', '/tags', '/tags: expected list of string that is not blank, found "best"'],
  ['{"tags":["best",""]}', '/tags/1', '/tags/1: expected string that is not blank, found ""'],
  ['{"tags":[" \\t"]}', '/tags/0', '/tags/0: expected string that is not blank, found " \\t"'],
  ['[]', undefined, expect.stringMatching(/expected /)],
  ['{"notes":"Keep"}', '/notes', '/notes: expected no such key (is it "note"?), found "Keep"'],
])('PATCH refuses %s, and says where', async (body, path, message) => {
  const [first] = (await runs()).runs
  expect(await send('PATCH', `/api/runs/${first?.key}`, body)).toMatchObject({
    status: 400,
    body: { error: path === undefined ? { message } : { message, path } },
  })
})

test.each([
  ['{"note":', 1, '1:9 not JSON: '],
  ['{"note":"x",\n "tags":oops}', 2, '2:9 not JSON: '],
])('PATCH refuses %j, and says in which line it is no JSON', async (body, line, message) => {
  const [first] = (await runs()).runs
  expect(await send('PATCH', `/api/runs/${first?.key}`, body)).toMatchObject({
    status: 400,
    body: { error: { line, message: expect.stringContaining(message) } },
  })
})

test('PATCH that changes nothing answers the run, and pages fetch nothing again', async () => {
  const [first] = (await runs()).runs
  const path = `/api/runs/${first?.key}`
  await send('PATCH', path, '{"tags":["same"],"note":"Same"}')
  const { seq } = await runs()
  for (const body of ['{}', '{"tags":["same","same"],"note":"Same","hidden":false}'])
    expect(await send('PATCH', path, body)).toMatchObject({ status: 200, body: { tags: ['same'], seq } })
  expect((await runs()).seq).toBe(seq)
})

test('every error has a sentence', async () => {
  const [first] = (await runs()).runs
  const path = `/api/runs/${first?.key}`
  for (const [answer, status] of [
    [await send('POST', path, '{}'), 405],
    [await send('PUT', '/api/runs', '{}'), 405],
    [await send('PATCH', '/other', '{}'), 405],
    [await send('PATCH', path, '{}', 'application/octet-stream'), 415],
    [await send('OPTIONS', path), 405],
  ] as const)
    expect([answer.status, answer.body]).toEqual([
      status,
      { error: { message: expect.stringMatching(/\.$/) } },
    ])
})
