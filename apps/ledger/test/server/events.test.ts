import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EventPage, RunDetail } from '../../src/api/run.ts'
import { inProcess } from './inProcess.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const count = 10_000
const folder = temporaryFolder()
const [job] = simulateJobs()
const last = job?.snapshots.at(-1)
const levelOf = (i: number): string => (i % 100 === 7 ? 'warn' : i % 1000 === 3 ? 'error' : 'info')

let server: Awaited<ReturnType<typeof inProcess>>
beforeAll(async () => {
  const events = Array.from({ length: count }, (_, i) => ({
    object: 'fine_tuning.job.event',
    id: `ftevent-${i}`,
    created_at: 1_700_000_000 + i,
    level: levelOf(i),
    message: `Step ${i + 1}/${count}: training loss=${(3 / (i + 1)).toFixed(4)}`,
    type: 'metrics',
    data: { step: i + 1, train_loss: 3 / (i + 1), total_steps: count },
  }))
  const observations = events.map(record => ({
    object: 'finetune-kit.observation',
    seen_at: record.created_at,
    source: 'test',
    run_id: last?.id,
    record,
  }))
  const path = join(folder, 'long.ndjson')
  writeFileSync(path, toNdjson([last, ...observations]))
  server = await inProcess([path])
})
afterAll(() => server.close())

const pageOf = async (query: string): Promise<EventPage> => {
  const { status, body } = await server.get(`/api/runs/${last?.id}/events${query}`)
  expect([status, EventPage.is(body)]).toEqual([200, true])
  return body as EventPage
}

test('events answers with a page of a level, newest first', async () => {
  const first = await pageOf('')
  expect(first.total).toBe(count)
  expect(first.events).toHaveLength(100)
  expect(first.events[0]?.message).toContain(`Step ${count}/${count}`)
  const second = await pageOf('?offset=100&limit=500')
  expect(second.events).toHaveLength(500)
  expect(second.events[0]?.at).toBe((first.events.at(-1)?.at ?? 0) - 1)
  const warnings = await pageOf('?level=warn')
  expect(warnings.total).toBe(count / 100)
  expect(new Set(warnings.events.map(({ level }) => level))).toEqual(new Set(['warn']))
  expect((await pageOf('?level=error')).total).toBe(count / 1000)
  expect(await pageOf('?level=')).toEqual({ events: [], total: 0 })
  expect((await pageOf(`?offset=${count}`)).events).toEqual([])
  expect((await server.get(`/api/runs/${last?.id}/events?limit=501`)).status).toBe(400)
  expect((await server.get('/api/runs/ft-none/events')).status).toBe(404)
})

test('a run of 10,000 events is told without them', async () => {
  const { body } = await server.get(`/api/runs/${last?.id}`)
  const run = body as RunDetail
  expect(RunDetail.is(run)).toBe(true)
  expect(Object.fromEntries(run.levels.map(({ level, count }) => [level, count]))).toEqual({
    info: count - count / 100 - count / 1000,
    warn: count / 100,
    error: count / 1000,
  })
  expect(JSON.stringify(run).length).toBeLessThan(10_000)
})
