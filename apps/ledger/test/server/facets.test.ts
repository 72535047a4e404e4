import { toNdjson } from '@finetune-kit/model/testing'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FacetList } from '../../src/api/runs.ts'
import { temporaryFolder } from '../temporaryFolder.ts'
import { inProcess } from './inProcess.ts'

const folder = temporaryFolder()

/** Two runs of each of the first models, and one of each of the others. */
const jobs = Array.from({ length: 170 }, (_, i) => ({
  object: 'fine_tuning.job',
  id: `ftjob-${i}`,
  created_at: 1_700_000_000 + i,
  status: 'running',
  model: `model-${i % 120}`,
}))

let server: Awaited<ReturnType<typeof inProcess>>
beforeAll(async () => {
  const path = join(folder, 'jobs.ndjson')
  writeFileSync(path, toNdjson(jobs))
  server = await inProcess([path])
})
afterAll(() => server.close())

const modelsOf = async (query: string) => {
  const { body } = await server.get(`/api/facets${query}`)
  if (!FacetList.is(body)) throw new Error(JSON.stringify(body))
  const facet = body.columns.find(({ column }) => column === 'base_model')
  return { ...facet, total: body.total, values: facet?.values ?? [] }
}

test('facets has the hundred most frequent values, and tells the number of the others', async () => {
  const { values, more } = await modelsOf('')
  expect([values.length, more]).toEqual([100, 20])
  expect(values.slice(49, 51).map(({ count }) => count)).toEqual([2, 1])
})

test('facets has the values of the filter, however seldom they are', async () => {
  const { total, values, more } = await modelsOf('?base_model=model-99&base_model=model-0')
  expect([total, values.length, more]).toEqual([3, 101, 19])
  expect(values.at(-1)).toEqual({ value: 'model-99', count: 1 })
})
