import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { sample } from '../../src/server/importFiles.ts'
import { type Started, started } from '../server/started.ts'
import { checkView } from './checkView.ts'
import { curvesView } from './curvesView.ts'
import { reportFile } from './reportFile.ts'
import { browserTest, clean, complaints, isSkipped, opened as openedAt } from './chromium.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const records = simulateRuns()
const runs = Map.groupBy(records, record => record.id)
const [run = '', snapshots = []] = [...runs][2] ?? []
const jobs = simulateJobs()
const job = jobs[2]

const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
/** Values that would act if the page took them for more than text. */
const hostile = '<img src=x onerror="document.title=`taken`"><script>document.title="taken"</script>'
const attack = join(folder, 'attack.ndjson')
const crowd = join(folder, 'crowd.ndjson')

let servers: ReadonlyArray<Started> = []
beforeAll(async () => {
  if (isSkipped) return
  const [first, second] = records
  writeFileSync(
    attack,
    toNdjson([first, { ...second, id: first?.id, model: hostile, [hostile]: hostile, note: 'a\u202eb' }]) +
      '{"id":\n',
  )
  const many = ['', '..', '\ud800', ...Array.from({ length: 5000 }, (_, i) => `ftjob-${i}`)]
  writeFileSync(crowd, toNdjson(many.map(id => Object.assign({}, job?.snapshots.at(-1), { id }))))
  servers = [started(sample), started([attack]), started([crowd])]
})
afterAll(async () => {
  for (const server of servers) server.process.kill('SIGINT')
  await Promise.all(servers.map(server => server.ended))
  rmSync(folder, { recursive: true })
})

const opened = async (server: Started | undefined): Promise<Page> => openedAt((await server?.address) ?? '')

checkView(async () => (await servers[0]?.address) ?? '')
curvesView(async () => (await servers[0]?.address) ?? '')
reportFile()

browserTest('page shows the runs of both families, and draws few nodes', async () => {
  const page = await opened(servers[0])
  const rows = page.locator('table.runs tbody tr')
  await rows.first().waitFor()
  expect(await rows.locator('th').allTextContents()).toEqual([...jobs.map(({ id }) => id), ...runs.keys()])
  expect(await rows.locator('td[data-title="Final loss"]').nth(2).textContent()).toMatch(/^\d\.\d+$/)
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3000)
  await clean(page)
})

browserTest('page searches, filters and sorts the runs, and keeps that in its address', async () => {
  const page = await opened(servers[0])
  const names = page.locator('table.runs tbody th')
  await names.first().waitFor()
  await page.getByLabel('Search').fill(run.toUpperCase())
  await page.getByText('1 to 1 of 1 that match').waitFor()
  expect(await names.allTextContents()).toEqual([run])
  await page.getByLabel('Search').fill('no such thing')
  await page.getByText('No run matches.').waitFor()
  await page.getByLabel('Search').fill('')

  await page.getByLabel('Status').selectOption('failed')
  await page.getByLabel('Family').selectOption('fine-tune')
  const failed = [...runs.values()].filter(seen => seen.at(-1)?.status === 'failed').length
  await page.getByText(`1 to ${failed} of ${failed} that match`).waitFor()
  expect(await page.locator('table.runs tr[data-phase="failed"]').count()).toBe(failed)

  await page.goBack()
  await page.goBack()
  await page.getByText('1 to 28 of 28').waitFor()
  const heading = page.getByRole('columnheader', { name: 'Created' })
  await heading.getByRole('button').press('Enter')
  await page.locator('th[aria-sort="ascending"]').waitFor()
  await heading.getByRole('button').press('Enter')
  await page.locator('th[aria-sort="descending"]').waitFor()
  await page.getByText('1 to 28 of 28').waitFor()
  await expect.poll(() => names.first().textContent()).toBe(jobs.at(-1)?.id)
  await page.reload()
  await names.first().waitFor()
  expect(await names.first().textContent()).toBe(jobs.at(-1)?.id)

  await page.getByText('Columns', { exact: true }).click()
  await page.getByLabel('Batch size').check()
  await page.getByRole('columnheader', { name: 'Batch size' }).waitFor()
  await clean(page)
})

browserTest('page opens a job: its life, curves, story, events and checkpoints', async () => {
  const page = await opened(servers[0])
  await page.getByRole('link', { name: job?.id ?? '' }).click()
  await page.locator('.timeline li').first().waitFor()
  expect(await page.title()).toBe(`${job?.id} · The ledger`)
  expect(await page.getByRole('img', { name: /^Loss by step/ }).count()).toBe(1)
  expect(await page.locator('.line path').first().getAttribute('d')).toMatch(/^M[\d.]+,[\d.]+L/)
  expect(await page.locator('.life li .state').allTextContents()).toEqual([
    'validating',
    'queued',
    'training',
    'publishing',
    'succeeded',
  ])
  expect(await page.locator('.story').textContent()).toContain('checkpoint at step')
  await page.getByRole('heading', { name: `Events (${job?.events.length})` }).waitFor()
  await page.getByRole('heading', { name: `Checkpoints (${job?.checkpoints.length})` }).waitFor()
  await page.getByLabel('from snapshot 1', { exact: true }).check()
  await page.getByRole('heading', { name: `From snapshot 1 to ${job?.snapshots.length}` }).waitFor()
  const status = page.locator('.fields > li[data-path="/status"]')
  expect(await status.locator('del').textContent()).toBe('validating_files')
  expect(await status.locator('ins').textContent()).toBe('succeeded')
  await clean(page)
})

browserTest('page opens a run, and shows what changed between any two of its snapshots', async () => {
  const page = await opened(servers[0])
  await page.getByRole('link', { name: run }).click()
  const timeline = page.locator('.timeline li')
  await timeline.first().waitFor()
  expect(await timeline.count()).toBe(snapshots.length)

  const [from, to] = [
    snapshots.findLastIndex(({ status }) => status === 'pending'),
    snapshots.findIndex(({ status }) => status === 'running'),
  ]
  await page.getByLabel(`from snapshot ${from + 1}`, { exact: true }).check()
  await page.getByLabel(`to snapshot ${to + 1}`, { exact: true }).check()
  await page.getByRole('heading', { name: `From snapshot ${from + 1} to ${to + 1}` }).waitFor()
  await page.locator('.fields > li').first().waitFor()

  const status = page.locator('.fields > li[data-path="/status"]')
  expect(await status.locator('del').textContent()).toBe('pending')
  expect(await status.locator('ins').textContent()).toBe('running')
  expect(await page.locator('.changes .news').textContent()).toContain('status: pending → running')

  const appended = snapshots[to]?.events?.slice(snapshots[from]?.events?.length).map(({ message }) => message)
  const shown = page.locator('.fields > li[data-path="/events"] td[data-title="Message"]')
  expect(await shown.allTextContents()).toEqual(appended)
  expect(appended?.length).toBeGreaterThan(1)

  await page.reload()
  await page.getByRole('heading', { name: `From snapshot ${from + 1} to ${to + 1}` }).waitFor()
})

browserTest(
  'page shows what comes out of a record as text, whatever it is, and what could not be read',
  async () => {
    const page = await opened(servers[1])
    await page.getByText('One record could not be read').click()
    expect(await page.locator('.rejects pre').textContent()).toContain(`${attack}:3:7 not NDJSON: `)
    await page.getByRole('link', { name: records[0]?.id ?? '' }).click()
    await page.locator('.fields > li[data-path="/model"]').waitFor()
    expect(await page.locator('.fields > li[data-path="/model"] ins').textContent()).toBe(hostile)
    expect(await page.locator('.sheet').first().textContent()).toContain(`${hostile} *`)
    expect(await page.locator('main img, main script').count()).toBe(0)
    expect(await page.title()).toBe(`${records[0]?.id} · The ledger`)
    expect(await page.locator('.sheet').first().textContent()).toContain('a\\u202eb')
    await clean(page)
  },
)

browserTest('page says that there is no such run', async () => {
  const page = await opened(servers[0])
  await page.locator('table.runs').waitFor()
  await page.evaluate(() => (location.hash = '#/runs/ft-none'))
  expect(await page.getByRole('alert').locator('pre').textContent()).toBe(
    'run "ft-none": not in this store. Import it first.',
  )
  // Chromium itself writes a line for each response but 200
  expect(complaints.splice(0)).toEqual([expect.stringContaining('404')])
})

browserTest('page can be used by keyboard alone', async () => {
  const page = await opened(servers[0])
  await page.locator('table.runs').waitFor()
  await page.getByRole('link', { name: run }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('from snapshot 1', { exact: true }).waitFor()
  await page.locator('input[name=from]:checked').focus()
  await page.keyboard.press('ArrowUp')
  await page
    .getByRole('heading', { name: `From snapshot ${snapshots.length - 2} to ${snapshots.length}` })
    .waitFor()
  await clean(page)
})

browserTest('page turns the pages of 5,000 runs, fits a phone, and opens a run of any id', async () => {
  const page = await opened(servers[2])
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByText('1 to 50 of 5003').waitFor()
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3000)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  await clean(page)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText('51 to 100 of 5003').waitFor()
  await page.goBack()
  await page.getByText('1 to 50 of 5003').waitFor()
  for (const name of ['run without an id', '..', '\\ud800']) {
    await page.getByRole('link', { name, exact: true }).click()
    await page.locator('h1').getByText(name, { exact: true }).waitFor()
    await page.locator('.timeline li').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    await page.getByRole('link', { name: 'All runs' }).click()
    await page.getByText('1 to 50 of 5003').waitFor()
  }
})
