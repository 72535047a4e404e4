import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seeded, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { Watcher } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunDetail } from '../../src/api/run.ts'
import type { ImportStatus } from '../../src/api/imports.ts'
import type { RunList } from '../../src/api/runs.ts'
import { inProcess } from './inProcess.ts'
import { maxBytes, sentBytes } from './sentBytes.ts'
import { asked } from './started.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()
const random = seeded(1)
const word = (length: number): string =>
  Array.from({ length }, () => String.fromCharCode(97 + random.int(0, 25))).join('')

const last = simulateJobs()[2]?.snapshots.at(-1)
const observe = (record: object, seen_at = 1_700_000_000) => ({
  object: 'finetune-kit.observation',
  seen_at,
  source: `file-${word(20)}.ndjson`,
  run_id: 'ftjob-long',
  record,
})

/** A job with a history of 1,000 entries and hyperparameters that nobody set by hand. */
const snapshots = Array.from({ length: 1000 }, (_, i) =>
  observe(
    {
      ...last,
      id: 'ftjob-long',
      metadata: { revision: word(12) },
      hyperparameters: {
        ...last?.hyperparameters,
        ...(i < 999
          ? {}
          : Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`${word(10)}-${n}`, word(60)]))),
      },
    },
    1_700_000_000 + i,
  ),
)
const events = Array.from({ length: 10_000 }, (_, i) =>
  observe({
    object: 'fine_tuning.job.event',
    id: `ftevent-${word(24)}`,
    created_at: 1_700_000_000 + i,
    level: i % 50 === 0 ? word(8) : 'info',
    message: `Step ${i + 1}/10000: training loss=${random.int(1, 1e9) / 1e9}`,
    data: { step: i + 1, train_loss: random.int(1, 1e9) / 1e9, [`metric_${i % 400}`]: random.int(1, 99) },
  }),
)
const checkpoints = Array.from({ length: 1000 }, (_, i) =>
  observe({
    object: 'fine_tuning.job.checkpoint',
    id: `ftckpt-${word(24)}`,
    created_at: 1_700_000_000 + i * 10,
    fine_tuned_model_checkpoint: `ft:gpt-4o-mini:lab:${word(10)}:ckpt-step-${i}`,
    fine_tuning_job_id: 'ftjob-long',
    step_number: i * 10,
    metrics: { step: i * 10, train_loss: random.int(1, 1e9) / 1e9, valid_loss: random.int(1, 1e9) / 1e9 },
  }),
)
/** A fine-tune has its events in the record itself. */
const fineTune = {
  ...simulateRuns().at(-1),
  id: 'ft-long',
  events: Array.from({ length: 10_000 }, (_, i) => ({
    object: 'fine-tune-event',
    created_at: 1_600_000_000 + i,
    level: 'info',
    message: `${word(20)} ${i}`,
  })),
}
/** Runs whose every text differs. */
const many = Array.from({ length: 1000 }, (_, i) => ({
  ...last,
  id: `ftjob-${word(24)}`,
  created_at: 1_650_000_000 + i,
  model: `ft:${word(12)}:${word(12)}`,
  fine_tuned_model: `ft:gpt-4o-mini-2024-07-18:${word(8)}:${word(12)}:${word(8)}`,
  organization_id: `org-${word(16)}`,
  training_file: `file-${word(22)}`,
  validation_file: `file-${word(22)}`,
  result_files: [`file-${word(22)}`],
  trained_tokens: random.int(1, 1e7),
  seed: random.int(1, 1e9),
}))

let server: Awaited<ReturnType<typeof inProcess>>
let keys: ReadonlyArray<string> = []
beforeAll(async () => {
  const path = join(folder, 'long.ndjson')
  writeFileSync(path, toNdjson([...many, ...snapshots, ...events, ...checkpoints, fineTune]))
  server = await inProcess([path])
  const { body } = await server.get('/api/runs?limit=200')
  keys = (body as RunList).runs.map(({ key }) => key)
  await importMany()
  await watchMany()
}, 120_000)
afterAll(() => server.close())

/** More imports than are remembered, one after the other, whose records are all rejected. */
const importMany = async (): Promise<void> => {
  const headers = { origin: server.url, 'content-type': 'application/octet-stream' }
  for (let i = 1; i <= imported; i++) {
    const bad = Array.from({ length: i === imported ? 120 : 4 }, () => ({ [word(300)]: word(300), id: 7 }))
    const sent = { method: 'POST', headers, body: toNdjson(bad) }
    const begun = await asked(server.url, `/api/imports?name=${word(2000)}`, sent)
    await asked(server.url, `/api/imports/${(JSON.parse(begun.body) as ImportStatus).id}/events`)
  }
}

const imported = 130

/** Hundreds of services, and hundreds of their runs, each with a long id and a fault of its own. */
const watchMany = (): Promise<void> =>
  server.run(
    Effect.gen(function* () {
      const watcher = yield* Watcher.make(server.store, { clientOf: () => Effect.never })
      for (let i = 0; i < 300; i++) {
        const address = { baseUrl: `https://${word(60)}.example/v1`, dialect: 'openai' as const }
        const { connection } = yield* watcher.connect({
          ...address,
          apiVersion: word(20),
          keyName: word(30),
        })
        for (const id of [word(256), word(256)]) {
          const { watch } = yield* watcher.watch(connection, id)
          yield* server.store.sql`update watches set status = ${word(2000)}, fault = ${word(2000)}
            where watch = ${watch}`
        }
      }
    }).pipe(Effect.orDie),
  )

/**
 * The requests of each path of the API that a reader waits for, at their largest. What is asked for
 * as a whole is no answer of these: one record, the changes of one, and the files to save.
 */
const requests: Readonly<Record<string, ReadonlyArray<string>>> = {
  '/api/runs': ['', '?limit=200', '?sort=fine_tuned_model&limit=200', '?q=ft', '?offset=900'],
  '/api/facets': ['', '?q=ft'],
  '/api/runs/{key}': ['/ftjob-long', '/ft-long'],
  '/api/runs/{key}/curves': ['/ftjob-long/curves', '/ft-long/curves'],
  '/api/runs/{key}/events': ['/ftjob-long/events?limit=500', '/ft-long/events?limit=500'],
  '/api/runs/{key}/checkpoints': ['/ftjob-long/checkpoints?limit=500'],
  '/api/runs/{key}/story': ['/ftjob-long/story', '/ft-long/story', '/ftjob-long/story?limit=500'],
  '/api/compare': ['100', '100&all=true'],
  '/api/imports': ['', '?limit=50&before=100'],
  '/api/imports/{id}': [`/${imported}`],
  '/api/connections': ['', '?limit=100&after=50'],
  '/api/watches': ['', '?limit=100'],
  '/healthz': [''],
}

/** Whole by what they are: a record, a file, or events that come one by one. */
const whole = new Set([
  '/api/runs/{key}/snapshots/{n}',
  '/api/runs/{key}/changes/{from}/{to}',
  '/api/report',
  '/api/export',
  '/api/imports/{id}/rejects',
  '/api/imports/{id}/events',
  '/api/changes',
])

const pathOf = (path: string, request: string): string => {
  if (path === '/api/compare') {
    const [count, ...others] = request.split('&')
    const runs = keys.slice(0, Number(count)).map(key => `run=${encodeURIComponent(key)}`)
    return `${path}?${[...runs, ...others].join('&')}`
  }
  return `${path.replace(/\/\{.*$/, '')}${request}`
}

test('every answer of the API that can be long is known here', async () => {
  const { body } = await server.get('/openapi.json')
  const { paths } = body as { readonly paths: Readonly<Record<string, object>> }
  const asked = Object.entries(paths).flatMap(([path, methods]) => ('get' in methods ? [path] : []))
  expect(new Set(asked)).toEqual(new Set([...Object.keys(requests), ...whole]))
})

test.each(Object.keys(requests))('%s answers with at most 60 kB', async path => {
  for (const request of requests[path] ?? []) {
    const bytes = await sentBytes(server.url, pathOf(path, request))
    expect([request, bytes <= maxBytes, bytes]).toEqual([request, true, bytes])
  }
})

test.each([
  ['/api/imports?limit=30', 'before', 'imports', 101],
  ['/api/connections?limit=70', 'after', 'connections', 300],
  ['/api/watches?limit=90', 'before', 'watches', 600],
])('the pages of %s have all of them, once', async (path, cursor, name, count) => {
  const ids: Array<unknown> = []
  let next: number | null = 0
  while (next !== null) {
    const { body } = await server.get(next === 0 ? path : `${path}&${cursor}=${next}`)
    const page = body as Readonly<Record<string, ReadonlyArray<{ readonly id: unknown }>>>
    ids.push(...(page[name] ?? []).map(({ id }) => id))
    next = (body as { readonly next: number | null }).next
  }
  expect(ids.length).toBe(count)
  expect(new Set(ids).size).toBe(count)
})

test('a run is told without its longest parts, and says how many they are', async () => {
  const { body } = await server.get('/api/runs/ftjob-long')
  const run = body as RunDetail
  expect(RunDetail.is(run)).toBe(true)
  expect(run).toMatchObject({ checkpoints: 1000, snapshots: 1000 })
  expect(run.history).toHaveLength(300)
  expect(run.history.at(-1)?.n).toBe(999)
  expect(run.left_out).toBeGreaterThan(1000)
  expect(Object.keys(run.record)).toEqual(Object.keys({ ...last }))
  const whole = (await server.get('/api/runs/ftjob-long/snapshots/999')).body as {
    readonly record: { readonly hyperparameters: object }
  }
  expect(Object.keys(whole.record.hyperparameters).length).toBeGreaterThan(3000)
})
