import { databases } from '@finetune-kit/checks/databases'
import { openStore, type Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as HttpServerRequest from 'effect/http/HttpServerRequest'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import type { RunList } from '../../src/api/runs.ts'
import { withResponseCache } from '../../src/server/responseCache.ts'
import { sample } from './importFiles.ts'
import { inProcess } from './inProcess.ts'
import { asked } from './started.ts'

/** A server whose answers count themselves, over a store whose last change is set by the test. */
const counting = ({ status = 200, length = 1, isStream = false } = {}) => {
  const change = { seq: 1 }
  let answers = 0
  const app = Effect.gen(function* () {
    const answer = `${++answers}`.padEnd(length)
    yield* Effect.sleep(20)
    return isStream
      ? HttpServerResponse.stream(Stream.encodeText(Stream.make(answer)))
      : HttpServerResponse.text(answer, { status })
  })
  const store = { lastChange: Effect.sync(() => change.seq) } as Partial<Store> as Store
  const cached = Effect.runSync(withResponseCache(store)(app))
  const ask = async (path: string, { method = 'GET', signal }: RequestInit = {}) => {
    const request = HttpServerRequest.fromWeb(new Request(`http://localhost${path}`, { method }))
    const response = await Effect.runPromise(
      Effect.provideService(cached, HttpServerRequest.HttpServerRequest, request),
      { signal: signal ?? undefined },
    )
    const { body } = HttpServerResponse.toWeb(response)
    return { text: (await new Response(body).text()).trim(), etag: response.headers['etag'] }
  }
  const texts = async (path: string, init?: RequestInit) => [
    (await ask(path, init)).text,
    (await ask(path, init)).text,
  ]
  return { change, ask, texts }
}

test('equal requests are answered once until something changes', async () => {
  const { change, ask } = counting()
  const many = await Promise.all(Array.from({ length: 50 }, () => ask('/api/runs?q=x')))
  expect(new Set(many.map(({ text }) => text))).toEqual(new Set(['1']))
  expect(many[0]?.etag).toMatch(/^W\/"/)
  expect((await ask('/api/runs?q=x')).text).toBe('1')
  expect((await ask('/api/runs?q=y')).text).toBe('2')
  change.seq++
  expect((await ask('/api/runs?q=x')).text).toBe('3')
})

test('a client that goes away takes the answer from nobody who waits for it', async () => {
  const { ask } = counting()
  const first = new AbortController()
  const gone = ask('/api/runs', { signal: first.signal })
  const others = [ask('/api/runs'), ask('/api/runs')]
  first.abort()
  await expect(gone).rejects.toThrow()
  expect((await Promise.all(others)).map(({ text }) => text)).toEqual(['1', '1'])
  const only = new AbortController()
  const alone = ask('/api/runs?q=x', { signal: only.signal })
  only.abort()
  await expect(alone).rejects.toThrow()
  expect((await ask('/api/runs?q=x')).text).toBe('3')
})

test('a stream is shared by nobody', async () => {
  const { ask } = counting({ isStream: true })
  const both = await Promise.all([ask('/api/runs'), ask('/api/runs')])
  expect(new Set(both.map(({ text }) => text)).size).toBe(2)
})

test('an answer that depends on more than the runs is not kept, nor an error, nor a long one', async () => {
  for (const path of ['/api/runs', '/api/runs/1', '/api/facets?kind=job', '/api/compare?run=1'])
    expect(await counting().texts(path)).toEqual(['1', '1'])
  for (const path of ['/api/watches', '/api/imports', '/api/report?run=1', '/api/runsome', '/x/api/runs'])
    expect(await counting().texts(path)).toEqual(['1', '2'])
  expect(await counting().texts('/api/runs/1', { method: 'DELETE' })).toEqual(['1', '2'])
  expect(await counting({ status: 404 }).texts('/api/runs/1')).toEqual(['1', '2'])
  expect(await counting({ length: 300_000 }).texts('/api/runs/1')).toEqual(['1', '2'])
})

test.each(databases)('a reader sees every change that was made before, on $name', async ({ make }) => {
  const { options, remove } = make()
  const { url, get, run, close } = await inProcess(sample, options)
  try {
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
    const list = async () => (await get('/api/runs')).body as RunList
    const before = await list()
    const [first, second, third] = before.runs
    const note = async (key = '') =>
      ((await get(`/api/runs/${key}`)).body as { summary: { note: string } }).summary.note
    for (const words of ['one', 'two']) {
      const body = JSON.stringify({ note: words })
      await asked(url, `/api/runs/${first?.key}`, { method: 'PATCH', headers, body })
      expect([await note(first?.key), (await list()).runs[0]?.note]).toEqual([words, words])
    }
    // another connection, as another process has
    const other = await run(openStore(options))
    for (const words of ['three', 'four']) {
      await run(other.edit({ id: second?.id ?? '' }, { note: words }))
      expect([await note(second?.key), (await list()).runs[1]?.note]).toEqual([words, words])
    }
    await run(other.edit({ id: second?.id ?? '' }, { isHidden: true }))
    expect((await list()).matched).toBe(before.matched - 1)
    await asked(url, `/api/runs/${third?.key}`, { method: 'DELETE', headers })
    expect((await get(`/api/runs/${third?.key}`)).status).toBe(404)
    expect((await list()).matched).toBe(before.matched - 2)
  } finally {
    await close()
    remove()
  }
})
