import { expect, test } from 'vitest'
import { Comparison } from '../../src/api/compare.ts'
import { jobs, sampleServer } from './sampleServer.ts'
import { asked } from './started.ts'

const { get, url } = sampleServer()

test('compare answers with what differs, measured against a baseline', async () => {
  const [a, b] = [jobs[2]?.id, jobs[3]?.id]
  const table = await get(Comparison, `/api/compare?run=${a}&run=${b}&baseline=${b}`)
  expect(table.runs.map(({ id }) => id)).toEqual([a, b])
  expect(table.baseline).toBe(1)
  expect(table.rows.length).toBeGreaterThan(0)
  expect(table.rows.every(({ differs }) => differs)).toBe(true)
  expect(table.rows.some(({ deltas }) => deltas[0] !== null && deltas[1] === null)).toBe(true)
  const all = await get(Comparison, `/api/compare?run=${a}&run=${b}&all=true`)
  expect(all.baseline).toBeNull()
  expect(all.rows.length).toBeGreaterThan(table.rows.length)
  expect(table.rows.find(({ field }) => field === 'epochs')?.group).toBe('hyperparameters')
})

test('report answers with one HTML file to save, of a run or of several', async () => {
  const [a, b] = [jobs[2]?.id ?? '', jobs[3]?.id ?? '']
  const one = await asked(url(), `/api/report?run=${a}`)
  expect(one.status).toBe(200)
  expect(one.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': `attachment; filename="${a}.html"`,
  })
  expect(one.body).toContain(`<title>${a}</title>`)
  expect(one.body).toContain('org-harbourlab')
  const two = await asked(url(), `/api/report?run=${a}&run=${b}&baseline=${b}&redact=true`)
  expect(two.headers['content-disposition']).toBe('attachment; filename="runs.html"')
  expect(two.body).toContain(`${b} (baseline)`)
  expect(two.body).not.toContain('org-harbourlab')
})
