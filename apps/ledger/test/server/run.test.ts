import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Delta, JsonPatch } from '@finetune-kit/diff'
import { curvesOf, FineTuningJobSnapshot } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import { toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { Changes } from '../../src/api/changes.ts'
import { RunCurves } from '../../src/api/curves.ts'
import { CheckpointPage, RunDetail, Snapshot, StoryPage } from '../../src/api/run.ts'
import type { RunList } from '../../src/api/runs.ts'
import { inProcess } from './inProcess.ts'
import { fineTune, job, jobs, sampleServer, snapshots } from './sampleServer.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()

const { get } = sampleServer()
const jobResults = ResultMetrics.parse(jobs[2]?.results ?? '')

test('get answers with one job: its record, progress, events, checkpoints, history and story', async () => {
  const found = await get(RunDetail, `/api/runs/${job}`)
  expect(found).toMatchObject({ id: job, kind: 'job', damage: null, summary: { id: job, kind: 'job' } })
  expect(found.record).toEqual(JSON.parse(JSON.stringify(jobs[2]?.snapshots.at(-1))))
  expect(found.history.map(({ n }) => n)).toEqual(jobs[2]?.snapshots.map((_, n) => n))
  expect(found.levels.reduce((sum, { count }) => sum + count, 0)).toBe(jobs[2]?.events.length)
  expect([found.left_out, found.snapshots]).toEqual([0, jobs[2]?.snapshots.length])
  const checkpoints = JSON.parse(JSON.stringify(jobs[2]?.checkpoints)) as ReadonlyArray<unknown>
  expect(found.checkpoints).toBe(checkpoints.length)
  const pages = await Promise.all([
    get(CheckpointPage, `/api/runs/${job}/checkpoints?limit=1`),
    get(CheckpointPage, `/api/runs/${job}/checkpoints?offset=1`),
  ])
  expect(pages.flatMap(page => page.checkpoints)).toEqual(checkpoints)
  expect(pages.map(({ total }) => total)).toEqual([checkpoints.length, checkpoints.length])
  expect(found.progress.phase).toBe(found.summary.phase)
  expect(found.sources).toEqual([
    expect.objectContaining({ name: 'https://api.openai.com/v1', first_seen_at: found.history[0]?.seen_at }),
  ])
  const story = await get(StoryPage, `/api/runs/${job}/story`)
  expect(story.total).toBe(story.entries.length)
  expect(story.entries.flatMap(({ sentences }) => sentences).map(({ change }) => change)).toContain(
    'CheckpointSaved',
  )
  expect(story.entries.at(-1)?.snapshot).toBe(0)
  expect((await get(StoryPage, `/api/runs/${job}/story?offset=2&limit=3`)).entries).toEqual(
    story.entries.slice(2, 5),
  )
  expect(await get(RunDetail, `/api/runs/${found.key}`)).toEqual(found)
})

test('curves answers with the metrics of a run, whole where they are short, and with their times', async () => {
  const found = await get(RunCurves, `/api/runs/${job}/curves`)
  expect(found).toEqual(
    JSON.parse(
      JSON.stringify({
        curves: curvesOf({
          events: jobs[2]?.events ?? [],
          checkpoints: jobs[2]?.checkpoints ?? [],
          results: [jobResults],
        }),
        more: 0,
        times: found.times,
        started_at: (await get(RunDetail, `/api/runs/${job}`)).summary.started_at,
      }),
    ),
  )
  expect(found.curves.map(({ metric }) => metric)).toContain('full_valid_loss')
  expect(found.times.length).toBeGreaterThan(2)
})

test('snapshot answers with each entry of a history', async () => {
  for (const [n, snapshot] of snapshots.entries()) {
    const found = await get(Snapshot, `/api/runs/${fineTune}/snapshots/${n}`)
    expect([found.n, found.record]).toEqual([n, JSON.parse(JSON.stringify(snapshot))])
  }
})

test('changes answers with the delta, the patch and the words between two snapshots', async () => {
  const last = (jobs[2]?.snapshots.length ?? 0) - 1
  const { delta, patch, sentences, text } = await get(Changes, `/api/runs/${job}/changes/0/${last}`)
  const [a, b] = [jobs[2]?.snapshots[0], jobs[2]?.snapshots[last]].map(value =>
    JSON.parse(JSON.stringify(value)),
  )
  expect(JsonPatch.apply(patch)(a)).toEqual({ _tag: 'Right', right: b })
  expect(delta).toEqual(Delta.of(FineTuningJobSnapshot).diff(a, b))
  expect(sentences.length).toBeGreaterThan(0)
  expect(text).toContain('validating_files → succeeded')
  expect(await get(Changes, `/api/runs/${job}/changes/1/1`)).toEqual({
    delta: [],
    patch: [],
    sentences: [],
    text: 'nothing changed',
  })
})

test('get opens every run, whatever its id, by its key', async () => {
  const odd = [
    '',
    '.',
    '..',
    '0',
    'x'.repeat(256),
    '\ud800',
    'a/b',
    '%2e',
    '<b>',
    '__proto__',
    '\u202eevil',
    'a~1',
  ]
  const path = join(folder, 'odd.ndjson.gz')
  writeFileSync(path, gzipSync(toNdjson(odd.map(id => Object.assign({}, snapshots[0], { id })))))
  const other = await inProcess([path])
  const { body } = await other.get('/api/runs')
  const rows = (body as RunList).runs
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(odd))
  for (const { key, id } of rows) {
    expect(key).toMatch(/^[\w:.~-]+$/)
    const found = await other.get(`/api/runs/${key}`)
    expect([found.status, (found.body as { id: string }).id]).toEqual([200, id])
  }
  await other.close()
})

test('get tells two runs of one id apart', async () => {
  const path = join(folder, 'twins.ndjson')
  const [record] = snapshots
  const twins = [10, 20].map(time => Object.assign({}, record, { created_at: time, model: `m${time}` }))
  writeFileSync(path, toNdjson(twins))
  const other = await inProcess([path])
  const rows = ((await other.get('/api/runs')).body as RunList).runs
  expect(rows.map(row => row.base_model)).toEqual(['m20', 'm10'])
  for (const { key, base_model: model } of rows)
    expect((await other.get(`/api/runs/${key}`)).body).toMatchObject({ key, record: { model } })
  const newest = await other.get(`/api/runs/${record?.id}`)
  expect(newest.body).toMatchObject({ record: { model: 'm20' } })
  const compared = await other.get(
    `/api/compare?${rows.map(({ key }) => `run=${key}`).join('&')}&baseline=${rows[1]?.key}`,
  )
  expect(compared.body).toMatchObject({ baseline: 1 })
  await other.close()
})
