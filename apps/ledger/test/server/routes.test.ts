import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from '@finetune-kit/codec'
import { observationsOf, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Changes, ErrorBody, Run, Runs } from '../../src/api/responses.ts'
import { sample } from '../../src/server/loadLedger.ts'
import { inProcess } from './inProcess.ts'

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

const runs = async (query = ''): Promise<Runs> => {
  const { body } = await server.get(`/api/runs${query}`)
  const decoded = decode(Runs)(body)
  if (decoded._tag === 'Left') throw new Error(JSON.stringify(decoded.left))
  return decoded.right
}

const run = async (key: string): Promise<Run> => {
  const { body } = await server.get(`/api/runs/${key}`)
  const decoded = decode(Run)(body)
  if (decoded._tag === 'Left') throw new Error(JSON.stringify(body).slice(0, 400))
  return decoded.right
}

const ids = ({ runs }: Runs) => runs.map(({ id }) => id)

test('routes answers with the runs of both families', async () => {
  const all = await runs()
  expect(all).toMatchObject({ offset: 0, limit: 200, rejected: 0, rejects: [], unjoined: [] })
  expect(all.sources).toEqual(['samples/jobs.ndjson', 'samples/ledger.ndjson'])
  expect(Object.fromEntries(all.kinds.map(({ value, count }) => [value, count]))).toEqual({
    job: jobs.length,
    'fine-tune': fineTunes.size,
  })
  expect(jobs.length).toBeGreaterThanOrEqual(12)
  expect(fineTunes.size).toBeGreaterThanOrEqual(12)
})

test('routes answers with a page of the runs that match, in the order that is asked for', async () => {
  const all = await runs()
  expect(ids(await runs('?offset=3&limit=2'))).toEqual(ids(all).slice(3, 5))
  const failed = await runs('?status=failed&kind=job')
  expect(failed.runs.every(({ status, kind }) => status === 'failed' && kind === 'job')).toBe(true)
  expect(failed.matched).toBe(all.runs.filter(r => r.status === 'failed' && r.kind === 'job').length)
  expect(ids(await runs(`?search=${job.slice(3).toUpperCase()}`))).toEqual([job])
  const created = (await runs('?sort=created_at&order=desc')).runs.map(r => r.created_at ?? 0)
  expect(created).toEqual(created.toSorted((a, b) => b - a))
})

test('routes puts the runs without a value last, whatever the order', async () => {
  for (const order of ['asc', 'desc']) {
    const costs = (await runs(`?sort=cost&order=${order}`)).runs.map(({ cost }) => cost ?? null)
    const known = costs.filter(cost => cost !== null)
    expect(costs.slice(0, known.length)).toEqual(known)
    expect(known).toEqual(known.toSorted((a, b) => (order === 'asc' ? a - b : b - a)))
    expect(known.length).toBeGreaterThan(1)
  }
})

test('routes sorts by the first field of several that a run has', async () => {
  const losses = (await runs('?sort=full_valid_loss,valid_loss,train_loss')).runs.map(
    r => r.full_valid_loss ?? r.valid_loss ?? r.train_loss ?? Number.POSITIVE_INFINITY,
  )
  expect(losses).toEqual(losses.toSorted((a, b) => (a === b ? 0 : a - b)))
})

test('routes answers with all records of a job, its curves and its story', async () => {
  const found = await run(job)
  expect(found).toMatchObject({ key: job, id: job, kind: 'job' })
  expect(found.snapshots).toHaveLength(jobs[2]?.snapshots.length ?? -1)
  expect(found.events).toHaveLength(jobs[2]?.events.length ?? -1)
  expect(found.checkpoints).toHaveLength(jobs[2]?.checkpoints.length ?? -1)
  expect(found.curves.map(({ metric }) => metric)).toContain('full_valid_loss')
  expect(found.story.flatMap(({ sentences }) => sentences).map(({ change }) => change)).toContain(
    'CheckpointSaved',
  )
})

test('routes answers with a fine-tune by its key and by its index', async () => {
  const index = ids(await runs()).indexOf(fineTune)
  expect((await run(fineTune)).snapshots).toEqual(JSON.parse(JSON.stringify(snapshots)))
  expect(await run(String(index))).toEqual(await run(fineTune))
})

test('routes answers with the changes between two snapshots of either family', async () => {
  for (const key of [fineTune, job]) {
    const { body } = await server.get(`/api/runs/${key}/changes/0/1`)
    const decoded = decode(Changes)(body)
    expect(decoded).toEqual({ _tag: 'Right', right: body })
    expect(decoded._tag === 'Right' && decoded.right.sentences.length).toBeGreaterThan(0)
  }
  expect((await server.get(`/api/runs/${job}/changes/1/1`)).body).toEqual({
    delta: [],
    sentences: [],
    text: 'nothing changed',
  })
})

test.each([
  ['/api/runs/ft-none', 404, 'No run "ft-none".'],
  ['/api/runs/__proto__', 404, 'No run "__proto__".'],
  ['/api/runs/99999', 404, 'No run "99999".'],
  [`/api/runs/${job}/changes/0/x`, 404, `The run "${job}" has no snapshot "x": they are 0 to 4.`],
  ['/api/other', 404, 'No such endpoint.'],
  ['/other', 404, 'No such page.'],
  ['/api/runs?limit=0', 400, 'limit: not a whole number from 1 to 1000.'],
  ['/api/runs?offset=-1', 400, 'offset: not a whole number. Pass 0 or more.'],
  ['/api/runs?order=up', 400, 'order: pass asc or desc.'],
  ['/api/runs?sort=__proto__', 400, expect.stringMatching(/^sort: no field "__proto__"\. Pass one of: id, /)],
])('routes refuses %s in one sentence', async (path, status, message) => {
  const refused = await server.get(path)
  expect(refused).toEqual({ status, body: { error: { message } } })
  expect(ErrorBody.is(refused.body)).toBe(true)
})

test('routes opens every run, whatever its id', async () => {
  const odd = ['', '.', '..', '0', 'x'.repeat(3000), '\ud800', 'a/b', '%2e', '<b>', '__proto__', '\u202eevil']
  const path = join(folder, 'odd.ndjson')
  writeFileSync(path, toNdjson(odd.map(id => Object.assign({}, snapshots[0], { id }))))
  const other = await inProcess([path])
  const { body } = await other.get('/api/runs')
  const rows = (body as { runs: ReadonlyArray<{ key: string; id: string }> }).runs
  expect(rows.map(({ id }) => id)).toEqual(odd)
  for (const { key, id } of rows) {
    const found = await other.get(`/api/runs/${key}`)
    expect([found.status, (found.body as { id: string }).id]).toEqual([200, id])
  }
  await other.close()
})

test('routes keeps the answer about 5,000 runs small', async () => {
  const path = join(folder, 'many.ndjson')
  const record = jobs[2]?.snapshots.at(-1)
  const many = Array.from({ length: 5000 }, (_, i) => Object.assign({}, record, { id: `ftjob-${i}` }))
  writeFileSync(path, toNdjson(many))
  const other = await inProcess([path])
  const { body } = await other.get('/api/runs')
  expect(body).toMatchObject({ total: 5000, matched: 5000 })
  expect((body as Runs).runs).toHaveLength(200)
  expect(JSON.stringify(body).length).toBeLessThan(200_000)
  await other.close()
})

test('routes counts the records that belong to no run', async () => {
  const path = join(folder, 'mixed.ndjson')
  writeFileSync(path, toNdjson([...observationsOf(jobs.slice(0, 2)), ...(jobs[3]?.events.slice(0, 3) ?? [])]))
  const other = await inProcess([path])
  expect((await other.get('/api/runs')).body).toMatchObject({
    total: 2,
    unjoined: [{ value: 'job-event', count: 3 }],
  })
  await other.close()
})
