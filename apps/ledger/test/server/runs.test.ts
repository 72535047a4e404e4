import { expect, test } from 'vitest'
import { FacetList, RunList } from '../../src/api/runs.ts'
import { fineTunes, job, jobs, sampleServer } from './sampleServer.ts'

const { get } = sampleServer()

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
