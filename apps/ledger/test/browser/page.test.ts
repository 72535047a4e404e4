import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { type Started, started } from '../server/started.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const { CHROMIUM, FINETUNE_KIT_BROWSER } = process.env
const executablePath = [CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync)
const isSkipped = executablePath === undefined && FINETUNE_KIT_BROWSER !== 'required'
if (isSkipped) console.warn('browser test skipped: no Chromium found')

const records = simulateRuns()
const runs = Map.groupBy(records, record => record.id)
const [run = '', snapshots = []] = [...runs][2] ?? []

const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
/** Values that would act if the page took them for more than text. */
const hostile = '<img src=x onerror="document.title=`taken`"><script>document.title="taken"</script>'
const attack = join(folder, 'attack.ndjson')

let [browser, servers]: [Browser | undefined, ReadonlyArray<Started>] = [undefined, []]
beforeAll(async () => {
  if (isSkipped) return
  if (executablePath === undefined) throw new Error('the browser test is required, and there is no Chromium')
  vi.stubEnv('NODE_ENV', 'production') // as `vite build` has it; vitest sets "test"
  await build({ configFile: fileURLToPath(new URL('../../page/vite.config.ts', import.meta.url)) })
  vi.unstubAllEnvs()
  const [first, second] = records
  writeFileSync(
    attack,
    toNdjson([first, { ...second, id: first?.id, model: hostile, [hostile]: hostile }]) + '{"id":\n',
  )
  servers = [started([]), started([attack])]
  browser = await chromium.launch({ executablePath })
})
afterAll(async () => {
  await browser?.close()
  for (const server of servers) server.process.kill('SIGINT')
  await Promise.all(servers.map(server => server.ended))
  rmSync(folder, { recursive: true })
})

const complaints: Array<string> = []
afterEach(() => expect(complaints.splice(0)).toEqual([]))

/** Opens a page of one of the servers. Any console line fails the test. */
const opened = async (server: Started | undefined, path = '/'): Promise<Page> => {
  const page = await (browser as Browser).newPage({ viewport: { width: 1280, height: 800 } })
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto((await server?.address) + path)
  return page
}

const browserTest = test.skipIf(isSkipped)

browserTest('page shows the runs of the sample, each as it was last seen', async () => {
  const page = await opened(servers[0])
  const rows = page.locator('table.runs tbody tr')
  await rows.first().waitFor()
  expect(await rows.locator('th').allTextContents()).toEqual([...runs.keys()])
  const states = [...runs.values()].map(seen => seen.at(-1)?.status)
  expect(await rows.locator('td[data-title="Status"]').allTextContents()).toEqual(states)
  expect(await page.getByText('The same in all').textContent()).toContain('Object fine-tune')
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
  expect(await page.locator('.news').textContent()).toContain('status: pending → running')

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
    expect(await page.title()).toBe('The ledger')
  },
)

browserTest('page says that there is no such run', async () => {
  const page = await opened(servers[0])
  await page.locator('table.runs').waitFor()
  await page.evaluate(() => (location.hash = '#/runs/ft-none'))
  expect(await page.getByRole('alert').locator('pre').textContent()).toBe('The archive has no run "ft-none".')
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
})
