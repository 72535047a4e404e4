import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { observationsOf, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as Stream from 'effect/Stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ImportList, ImportStatus } from '../../src/api/imports.ts'
import * as Imports from '../../src/server/imports/Imports.ts'
import { sample } from './importFiles.ts'
import { inProcess } from './inProcess.ts'
import { asked } from './started.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()

const jobs = simulateJobs()

describe.each([
  ['a file', () => join(mkdtempSync(join(folder, 'store-')), 'runs.db')],
  ['memory', () => ':memory:'],
])('imports into a database in %s', (_, db) => {
  let server: Awaited<ReturnType<typeof inProcess>>
  beforeEach(async () => {
    server = await inProcess([], { db: db() })
  })
  afterEach(() => server.close())

  const send = async (method: string, path: string, body: string | Uint8Array = '') => {
    const headers = { origin: server.url, 'content-type': 'application/octet-stream' }
    const answer = await asked(server.url, path, { method, headers, body })
    return { status: answer.status, body: JSON.parse(answer.body) as ImportStatus }
  }

  /** All states of an import until its end. */
  const states = async (id: string): Promise<ReadonlyArray<ImportStatus>> => {
    const { body } = await asked(server.url, `/api/imports/${id}/events`)
    return body
      .split('\n')
      .filter(line => line.startsWith('data: '))
      .map(line => JSON.parse(line.slice('data: '.length)) as ImportStatus)
  }

  const upload = async (name: string, content: string | Uint8Array, more = '') => {
    const begun = await send('POST', `/api/imports?name=${encodeURIComponent(name)}${more}`, content)
    expect(begun.status).toBe(202)
    const all = await states(begun.body.id)
    expect(all.every(state => ImportStatus.is(state))).toBe(true)
    return all.at(-1) as ImportStatus
  }

  test('an upload of any compression is imported, and the same one again changes nothing', async () => {
    const text = readFileSync(sample[0] as string)
    const first = await upload('jobs.ndjson.zst', zstdCompressSync(text))
    expect(first).toMatchObject({
      name: 'jobs.ndjson.zst',
      state: 'done',
      added: jobs.length,
      rejected: 0,
      records: observationsOf(jobs).length,
      message: null,
    })
    expect(first.bytes_read).toBe(first.bytes)
    expect(first.ended_at).toBeGreaterThan(0)
    const again = await upload('jobs.ndjson.gz', gzipSync(text))
    expect(again).toMatchObject({ state: 'done', added: 0, changed: 0, items: 0 })
    const { body } = await server.get('/api/imports')
    expect(ImportList.is(body)).toBe(true)
    expect((body as ImportList).imports.map(({ name }) => name)).toEqual([
      'jobs.ndjson.gz',
      'jobs.ndjson.zst',
    ])
  })

  test('what is rejected is reported with its place, and can be downloaded', async () => {
    const [good] = simulateRuns()
    const lines = [JSON.stringify(good), '{"id":', '{"object":"chat.completion"}', '']
    const done = await upload('mixed.ndjson', lines.join('\n'))
    expect(done).toMatchObject({ state: 'done', added: 1, rejected: 2 })
    expect(done.rejects.map(({ line }) => line)).toEqual([2, 3])
    const { headers, body } = await asked(server.url, `/api/imports/${done.id}/rejects`)
    expect(headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      'content-disposition': `attachment; filename="rejects-${done.id}.ndjson"`,
    })
    expect(
      body
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual([
      { line: 2, offset: expect.any(Number), message: expect.stringContaining('not NDJSON'), raw: '{"id":' },
      {
        line: 3,
        offset: expect.any(Number),
        message: expect.stringContaining('chat.completion'),
        raw: '{"object":"chat.completion"}',
      },
    ])
  })

  test('a rejected record of megabytes is reported', async () => {
    const done = await upload('deep.ndjson', '['.repeat(5_000_000))
    expect(done).toMatchObject({ state: 'done', rejected: 1, message: null })
  })

  test('a result file is joined to the run that is named with it', async () => {
    const job = jobs.find(({ results }) => results !== null)
    const done = await upload('step_metrics.csv', job?.results ?? '', `&run=${job?.id}`)
    expect(done).toMatchObject({ state: 'done', items: 1, rejected: 0 })
  })

  test('a file that cannot be imported says why', async () => {
    const training = JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }] })
    for (const [name, content, reason] of [
      ['training.jsonl', `${training}\n`, /^training\.jsonl: a training file/],
      ['damaged.gz', gzipSync('{}\n').subarray(0, 12), /^damaged\.gz: /],
      ['image.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /^image\.png: /],
    ] as const)
      expect(await upload(name, content)).toMatchObject({
        state: expect.stringMatching(/^(failed|done)$/),
        added: 0,
        ...(name === 'damaged.gz' ? {} : { state: 'failed', message: expect.stringMatching(reason) }),
      })
  })

  test('an import is cancelled, and what it wrote stays whole', async () => {
    const many = Array.from({ length: 60 }, (_, seed) =>
      toNdjson(observationsOf(simulateJobs(seed + 100))),
    ).join('')
    const begun = await send('POST', '/api/imports?name=many.ndjson', many)
    const cancelled = await send('DELETE', `/api/imports/${begun.body.id}`)
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled', message: null } })
    expect((await states(begun.body.id)).at(-1)?.state).toBe('cancelled')
    const { runs } = await server.run(server.store.runs({ limit: 10_000 }))
    for (const { id, born } of runs)
      expect(await server.run(server.store.verify({ id, born }))).toMatchObject({ _tag: 'Sound' })
    expect((await upload('jobs.ndjson', readFileSync(sample[0] as string))).state).toBe('done')
  })

  test('an upload that ends early leaves nothing', async () => {
    const before = ((await server.get('/api/imports')).body as ImportList).imports.length
    const sent = request(`${server.url}/api/imports?name=half.ndjson`, {
      method: 'POST',
      headers: { origin: server.url, 'content-type': 'application/octet-stream', 'content-length': '1000' },
    })
    sent.on('error', () => {})
    sent.write('{"object":')
    await once(sent, 'socket')
    await new Promise(resolve => setTimeout(resolve, 100))
    sent.destroy()
    expect(((await server.get('/api/imports')).body as ImportList).imports).toHaveLength(before)
  })

  test('imports refuses what it does not know', async () => {
    expect(await server.get('/api/imports/999')).toEqual({
      status: 404,
      body: { error: { message: 'import "999": not known since the server started. Look at /api/imports.' } },
    })
    expect(await send('POST', '/api/imports', 'x')).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/^name: /), path: 'name' } },
    })
  })
})

test('an import that is not over is not forgotten, however many come after it', async () => {
  // a pipe that stays open: the import lasts until it is cancelled
  const pipe = join(folder, 'endless.ndjson')
  execFileSync('mkfifo', [pipe])
  const test = Effect.gen(function* () {
    const imports = yield* Imports.make(yield* openStore({ db: ':memory:' }), { db: ':memory:' })
    const first = yield* Effect.forkChild(imports.importFile(pipe))
    const writer = yield* Effect.promise(() => open(pipe, 'w'))
    const bytes = Stream.make(new TextEncoder().encode(toNdjson(simulateRuns().slice(-1))))
    for (let i = 0; i < 120; i++) yield* imports.start({ name: `${i}.ndjson`, runId: undefined, bytes })
    expect((yield* imports.get('1')).state).toBe('running')
    expect((yield* imports.all).length).toBe(121)
    yield* imports.cancel('1')
    yield* Effect.promise(() => writer.close())
    expect(yield* Fiber.join(first)).toBe(undefined)
    yield* Stream.runDrain(yield* imports.follow('121'))
    yield* imports.start({ name: 'last.ndjson', runId: undefined, bytes })
    expect((yield* imports.all).length).toBe(101)
  })
  await Effect.runPromise(Effect.scoped(test))
})

test('an upload whose client goes away as it is listed is imported all the same', async () => {
  const test = Effect.gen(function* () {
    const imports = yield* Imports.make(yield* openStore({ db: ':memory:' }), { db: ':memory:' })
    // one more than are remembered: the list has a file to remove before the import starts
    const missing = Effect.ignore(imports.importFile(join(folder, 'missing.ndjson')))
    for (let i = 0; i < 101; i++) yield* missing
    const bytes = Stream.make(new TextEncoder().encode(toNdjson(simulateRuns().slice(-1))))
    const upload = yield* Effect.forkChild(imports.start({ name: 'last.ndjson', runId: undefined, bytes }))
    while ((yield* imports.all)[0]?.name !== 'last.ndjson') yield* Effect.yieldNow
    yield* Fiber.interrupt(upload)
    yield* Stream.runDrain(yield* imports.follow('102'))
    expect((yield* imports.get('102')).state).toBe('done')
  })
  await Effect.runPromise(Effect.scoped(test))
})

test('an upload into a database that was deleted is refused, and makes no other one', async () => {
  const db = join(mkdtempSync(join(folder, 'gone-')), 'runs.db')
  const server = await inProcess([], { db })
  for (const file of [db, `${db}-wal`, `${db}-shm`]) rmSync(file)
  await vi.waitFor(async () => expect((await server.get('/healthz')).status).toBe(503), { timeout: 30_000 })
  const headers = { origin: server.url, 'content-type': 'application/octet-stream' }
  const body = toNdjson(simulateRuns())
  const answer = await asked(server.url, '/api/imports?name=runs.ndjson', { method: 'POST', headers, body })
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    503,
    { error: { message: expect.stringContaining(': the file was moved, deleted or replaced') } },
  ])
  expect(existsSync(db)).toBe(false)
  await server.close()
})
