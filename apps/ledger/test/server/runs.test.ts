import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { decode, draw } from '@finetune-kit/codec'
import { Delta, JsonPatch } from '@finetune-kit/diff'
import { FineTuningJobSnapshot } from '@finetune-kit/model'
import { simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import type * as t from 'io-ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Changes } from '../../src/api/changes.ts'
import { Comparison } from '../../src/api/compare.ts'
import { ErrorBody } from '../../src/api/ErrorBody.ts'
import { RunDetail, Snapshot } from '../../src/api/run.ts'
import { FacetList, RunList } from '../../src/api/runs.ts'
import { sample } from '../../src/server/importFiles.ts'
import { inProcess } from './inProcess.ts'
import { asked } from './started.ts'

const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
const fineTunes = Map.groupBy(simulateRuns(), ({ id }) => id)
const [fineTune = '', snapshots = []] = [...fineTunes][2] ?? []
const jobs = simulateJobs()
const job = jobs[2]?.id ?? ''

let server: Awaited<ReturnType<typeof inProcess>>
beforeAll(async () => {
  server = await inProcess(sample)
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const get = async <A>(codec: t.Type<A>, path: string): Promise<A> => {
  const { status, body } = await server.get(path)
  const decoded = decode(codec)(body)
  if (decoded._tag === 'Left') throw new Error(`${path}: ${status} ${draw(decoded.left)}`)
  expect(decoded.right).toEqual(body)
  return decoded.right
}

const runs = (query = '') => get(RunList, `/api/runs${query}`)
const ids = ({ runs }: RunList) => runs.map(({ id }) => id)

test('runs answers with the runs of both families, the newest first', async () => {
  const all = await runs()
  expect(all).toMatchObject({ next: null, matched: jobs.length + fineTunes.size })
  expect(new Set(ids(all))).toEqual(new Set([...jobs.map(({ id }) => id), ...fineTunes.keys()]))
  const created = all.runs.map(run => run.created_at ?? 0)
  expect(created).toEqual(created.toSorted((a, b) => b - a))
  expect(Object.values(all.runs[0] ?? {})).not.toContain(null)
})

test('runs turns pages by a cursor', async () => {
  const all = ids(await runs('?sort=base_model&order=ascending'))
  const seen: Array<string | undefined> = []
  let next: string | null = ''
  while (next !== null) {
    const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`
    const page = await runs(`?sort=base_model&order=ascending&limit=5${after}`)
    expect(page.matched).toBe(all.length)
    seen.push(...ids(page))
    next = page.next
  }
  expect(seen).toEqual(all)
})

test('runs narrows by columns, text, tag and time', async () => {
  const all = (await runs()).runs
  const failed = await runs('?status=failed&status=cancelled&kind=job')
  expect(ids(failed)).toEqual(
    all.flatMap(run =>
      run.kind === 'job' && (run.status === 'failed' || run.status === 'cancelled') ? [run.id] : [],
    ),
  )
  expect(failed.matched).toBeGreaterThan(1)
  expect(ids(await runs(`?q=${job.slice(3).toUpperCase()}`))).toEqual([job])
  expect(ids(await runs('?fine_tuned_model='))).toEqual(
    all.flatMap(run => (run.fine_tuned_model === undefined ? [run.id] : [])),
  )
  const [first] = all
  const time = first?.created_at ?? 0
  expect((await runs(`?createdFrom=${time}`)).runs.every(run => (run.created_at ?? 0) >= time)).toBe(true)
  expect((await runs(`?createdBefore=${time}`)).matched).toBe(
    all.filter(r => (r.created_at ?? 0) < time).length,
  )
})

test('facets counts the values of each column; its own condition does not narrow it', async () => {
  const all = (await runs()).runs
  const { total, columns } = await get(FacetList, '/api/facets?kind=job')
  const counted = (name: string) =>
    Object.fromEntries(
      columns.find(({ column }) => column === name)?.values.map(({ value, count }) => [value, count]) ?? [],
    )
  expect(total).toBe(jobs.length)
  expect(counted('kind')).toEqual({ job: jobs.length, 'fine-tune': fineTunes.size })
  expect(counted('status')['succeeded']).toBe(
    all.filter(({ kind, status }) => kind === 'job' && status === 'succeeded').length,
  )
})

test('get answers with one job: its record, progress, curves, events, checkpoints, history and story', async () => {
  const found = await get(RunDetail, `/api/runs/${job}`)
  expect(found).toMatchObject({ id: job, kind: 'job', damage: null, summary: { id: job, kind: 'job' } })
  expect(found.record).toEqual(JSON.parse(JSON.stringify(jobs[2]?.snapshots.at(-1))))
  expect(found.history.map(({ n }) => n)).toEqual(jobs[2]?.snapshots.map((_, n) => n))
  expect(found.levels.reduce((sum, { count }) => sum + count, 0)).toBe(jobs[2]?.events.length)
  expect(found.checkpoints).toHaveLength(jobs[2]?.checkpoints.length ?? -1)
  expect(found.progress.phase).toBe(found.summary.phase)
  expect(found.curves.map(({ metric }) => metric)).toContain('full_valid_loss')
  expect(found.sources).toEqual([
    expect.objectContaining({ name: 'https://api.openai.com/v1', first_seen_at: found.history[0]?.seen_at }),
  ])
  expect(found.story.flatMap(({ sentences }) => sentences).map(({ change }) => change)).toContain(
    'CheckpointSaved',
  )
  expect(await get(RunDetail, `/api/runs/${found.key}`)).toEqual(found)
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

test('compare answers with what differs, measured against a baseline', async () => {
  const [a, b] = [jobs[2]?.id, jobs[3]?.id]
  const table = await get(Comparison, `/api/compare?run=${a}&run=${b}&baseline=${b}`)
  expect(table.runs.map(({ summary }) => summary.id)).toEqual([a, b])
  expect(table.baseline).toBe(1)
  expect(table.rows.length).toBeGreaterThan(0)
  expect(table.rows.every(({ differs }) => differs)).toBe(true)
  expect(table.rows.some(({ deltas }) => deltas[0] !== null && deltas[1] === null)).toBe(true)
  const all = await get(Comparison, `/api/compare?run=${a}&run=${b}&all=true`)
  expect(all.baseline).toBeNull()
  expect(all.rows.length).toBeGreaterThan(table.rows.length)
  expect(table.rows.find(({ field }) => field === 'epochs')?.group).toBe('hyperparameters')
  expect(table.runs[0]?.times.length).toBeGreaterThan(2)
  expect(table.runs[0]?.started_at).toBe(table.runs[0]?.summary.started_at)
})

test('report answers with one HTML file to save, of a run or of several', async () => {
  const [a, b] = [jobs[2]?.id ?? '', jobs[3]?.id ?? '']
  const one = await asked(server.url, `/api/report?run=${a}`)
  expect(one.status).toBe(200)
  expect(one.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': `attachment; filename="${a}.html"`,
  })
  expect(one.body).toContain(`<title>${a}</title>`)
  expect(one.body).toContain('org-harbourlab')
  const two = await asked(server.url, `/api/report?run=${a}&run=${b}&baseline=${b}&redact=true`)
  expect(two.headers['content-disposition']).toBe('attachment; filename="runs.html"')
  expect(two.body).toContain(`${b} (baseline)`)
  expect(two.body).not.toContain('org-harbourlab')
})

test.each([
  ['/api/runs/ft-none', 404, 'run "ft-none": not in this store. Import it first.'],
  ['/api/runs/__proto__', 404, 'run "__proto__": not in this store. Import it first.'],
  [`/api/runs/${job}/snapshots/99`, 404, `run "${job}": no snapshot 99. They are 0 to 4.`],
  [`/api/runs/${job}/changes/0/5`, 404, `run "${job}": no snapshot 5. They are 0 to 4.`],
  ['/api/other', 404, 'No such endpoint.'],
  ['/other', 404, 'No such page.'],
  ['/api/compare?run=ft-none', 404, 'run "ft-none": not in this store. Import it first.'],
  [
    `/api/compare?run=${job}&baseline=${fineTune}`,
    400,
    'baseline: not one of the compared runs. Pass it as run too.',
  ],
  ['/api/report?run=ft-none', 404, 'run "ft-none": not in this store. Import it first.'],
  ['/api/report', 400, expect.stringMatching(/^run: /)],
  ['/api/runs?after=x', 400, 'after: not a cursor. Pass the cursor that a page returned.'],
  ['/api/runs?limit=0', 400, expect.stringMatching(/^limit: .*1.*500/)],
  ['/api/runs?limit=x', 400, expect.stringMatching(/^limit: /)],
  ['/api/runs?order=up', 400, expect.stringMatching(/^order: .*"ascending"/)],
  ['/api/runs?sort=__proto__', 400, expect.stringMatching(/^sort: .*"id"/)],
  [`/api/runs/${job}/changes/0/x`, 400, expect.stringMatching(/^to: /)],
  ['/api/compare', 400, expect.stringMatching(/^run: /)],
])('the API refuses %s in one sentence', async (path, status, message) => {
  const refused = await server.get(path)
  expect([refused.status, (refused.body as ErrorBody).error.message]).toEqual([status, message])
  expect(ErrorBody.is(refused.body)).toBe(true)
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

test('the OpenAPI document describes every answer by its codec', async () => {
  const { body } = await server.get('/openapi.json')
  const document = body as {
    readonly paths: Readonly<Record<string, unknown>>
    readonly components: { readonly schemas: Readonly<Record<string, { readonly type?: string }>> }
  }
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/api/runs', '/api/runs/{key}', '/api/compare', '/api/changes', '/healthz']),
  )
  const text = JSON.stringify(document)
  const named = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"/]+)/g)].map(([, name]) => name ?? '')
  expect(named.length).toBeGreaterThan(5)
  for (const name of named)
    expect([name, document.components.schemas[name]]).toEqual([name, expect.any(Object)])
  for (const [name, schema] of Object.entries(document.components.schemas))
    expect([name, schema.type]).toEqual([name, 'object'])
})

test('healthz says that the server and its database answer', async () => {
  expect(await server.get('/healthz')).toEqual({ status: 200, body: { status: 'ok' } })
})
