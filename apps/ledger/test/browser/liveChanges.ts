import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import type { Request } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { browserTest, clean, complaints, eventually, opened } from './chromium.ts'
import { fileWith, newDatabase, serve } from './servers.ts'
import { asked, started } from '../server/started.ts'

const last = simulateJobs()[0]?.snapshots.at(-1)
const arriving = (more: object) => toNdjson([{ ...last, id: 'ftjob-arriving', ...more }])

/** Hides a run or shows it, as another tab does. */
const hide = async (url: string, hidden: boolean) => {
  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
  const body = JSON.stringify({ hidden })
  const { status } = await asked(url, '/api/runs/ftjob-arriving', { method: 'PATCH', headers, body })
  expect(status).toBe(200)
}

/** Starts a server of these records, over a database of its own, at a port. */
const serveAt = (port: string, ...records: ReadonlyArray<object>) => {
  const file = fileWith(`at-${port}.ndjson`, toNdjson(records))
  const server = started([file], ['--db', newDatabase(`at-${port}`), '--port', port])
  onTestFinished(() => void server.process.kill('SIGINT'))
  return server
}

/** A promise, and the function that resolves it. */
const gate = () => Promise.withResolvers<void>()

/** The tests of changes that others make while the reader looks. */
export const liveChanges = (): void => {
  browserTest('Runs shows a change that arrives while looking', async () => {
    const db = newDatabase('live')
    const page = await opened(`${await serve([], db)}/#/?q=arriving`)
    await page.getByText('No run matches.').waitFor()
    await eventually(() => page.locator('.live').textContent()).toBe('Live')
    await serve([fileWith('running.ndjson', arriving({ status: 'running', fine_tuned_model: null }))], db)
    const row = page.locator('table.runs tr', { hasText: 'ftjob-arriving' })
    await row.locator('.state', { hasText: 'running' }).waitFor()
    await row.getByRole('link').click()
    await page.getByRole('heading', { name: 'Life' }).waitFor()
    await serve([fileWith('failed.ndjson', arriving({ status: 'failed', fine_tuned_model: null }))], db)
    await page.locator('.standing .state', { hasText: 'failed' }).waitFor()
    await page.getByRole('link', { name: '← Runs' }).click()
    await row.locator('.state', { hasText: 'failed' }).waitFor()
    expect(await row.getAttribute('data-phase')).toBe('failed')
    await clean(page)
  })

  browserTest('Run keeps the event that is read in its place when a new one arrives', async () => {
    const db = newDatabase('events')
    const job = simulateJobs()[2]
    const url = await serve([fileWith('events.ndjson', toNdjson(job?.observations ?? []))], db)
    const page = await opened(`${url}/#/runs/${job?.id}`)
    const event = page.locator('.events li')
    await event.nth(10).evaluate(line => line.scrollIntoView({ block: 'center' }))
    const read = (await event.nth(10).textContent()) ?? ''
    await eventually(() => page.locator('.live').textContent()).toBe('Live')
    const top = async (index: number) => (await event.nth(index).boundingBox())?.y ?? 0
    const before = await top(10)
    const arrived = {
      object: 'fine_tuning.job.event',
      id: 'ftevent-arriving',
      created_at: 2_000_000_000,
      level: 'info',
      message: 'A new event',
      fine_tuning_job_id: job?.id,
    }
    await serve([fileWith('event.ndjson', toNdjson([arrived]))], db)
    await eventually(() => event.first().textContent()).toContain('A new event')
    expect(await event.nth(11).textContent()).toBe(read)
    // a browser scrolls by whole pixels
    await eventually(async () => Math.abs((await top(11)) - before)).toBeLessThan(1)
  })

  browserTest('Runs shows a change between its answer and the beginning of live changes', async () => {
    const url = await serve([fileWith('early.ndjson', arriving({}))])
    await hide(url, true)
    const page = await opened('about:blank')
    const mayFollow = gate()
    await page.route('**/api/changes*', async route => (await mayFollow.promise, route.continue()))
    await page.goto(`${url}/#/?q=arriving`)
    await page.getByText('No run matches.').waitFor()
    await hide(url, false)
    mayFollow.resolve()
    await page.locator('table.runs tr', { hasText: 'ftjob-arriving' }).waitFor()
  })

  browserTest('Runs shows a change that overtakes its first answer', async () => {
    const url = await serve([fileWith('late.ndjson', arriving({}))])
    await hide(url, true)
    const page = await opened('about:blank')
    const [isAnswered, mayArrive] = [gate(), gate()]
    await page.route(
      '**/api/runs?*',
      async route => {
        const response = await route.fetch()
        isAnswered.resolve()
        await mayArrive.promise
        await route.fulfill({ response })
      },
      { times: 1 },
    )
    const isCounted = page.waitForResponse('**/api/facets*')
    await page.goto(`${url}/#/?q=arriving`)
    await Promise.all([isAnswered.promise, isCounted])
    await eventually(() => page.locator('.live').textContent()).toBe('Live')
    const isTold = page.waitForResponse('**/api/facets*')
    await hide(url, false)
    await isTold
    mayArrive.resolve()
    await page.locator('table.runs tr', { hasText: 'ftjob-arriving' }).waitFor()
  })

  browserTest('a hidden page leaves its connections to others, and shows later what it missed', async () => {
    const url = await serve([fileWith('hidden.ndjson', arriving({}))])
    const page = await opened('about:blank')
    const streams = new Set<Request>()
    page.on('request', request => {
      if (request.url().includes('/api/changes')) streams.add(request)
    })
    page.on('requestfailed', request => streams.delete(request))
    await page.goto(url)
    await page.locator('table.runs tr', { hasText: 'ftjob-arriving' }).waitFor()
    await eventually(() => page.locator('.live').textContent()).toBe('Live')
    const show = (isShown: boolean) =>
      page.evaluate(isHidden => {
        Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden })
        document.dispatchEvent(new Event('visibilitychange'))
      }, !isShown)
    await show(false)
    await eventually(() => streams.size).toBe(0)
    await hide(url, true)
    await show(true)
    await page.getByText('No runs yet.').waitFor()
    expect(streams.size).toBe(1)
  })

  browserTest('a page shows no run of the database that a server before had', async () => {
    const first = serveAt('0', { ...last, id: 'ftjob-arriving' })
    const url = await first.address
    const page = await opened(`${url}/#/runs/ftjob-arriving`)
    await page.getByRole('heading', { name: 'Life' }).waitFor()
    await eventually(() => page.locator('.live').textContent()).toBe('Live')
    first.process.kill('SIGINT')
    await first.ended
    // with more changes than the first one has
    const others = Array.from({ length: 20 }, (_, i) => ({ ...last, id: `ftjob-other-${i}` }))
    expect(await serveAt(new URL(url).port, ...others).address).toBe(url)
    await page.getByText('not in this database').waitFor()
    expect(await page.getByRole('heading', { name: 'Life' }).count()).toBe(0)
    for (const line of complaints.splice(0)) expect(line).toMatch(/net::ERR_|404/)
  })

  browserTest('Runs asks again by itself for what was lost on its way', async () => {
    const page = await opened(await serve([fileWith('lost.ndjson', arriving({}))]))
    await eventually(() => page.locator('.live').textContent()).toBe('Live')
    await page.route('**/api/runs?*', route => route.abort())
    await page.getByRole('searchbox').fill('arriving')
    await page.getByText('The server does not answer').waitFor()
    await page.unrouteAll()
    await page.locator('table.runs tr', { hasText: 'ftjob-arriving' }).waitFor()
    for (const line of complaints.splice(0)) expect(line).toContain('net::ERR_FAILED')
  })

  browserTest('Runs tells of changes that would move a long list, and shows them on request', async () => {
    const db = newDatabase('long')
    const many = Array.from({ length: 600 }, (_, i) => ({ ...last, id: `ftjob-many-${i}` }))
    const page = await opened(await serve([fileWith('many.ndjson', toNdjson(many))], db))
    await eventually(() => page.locator('.count').textContent()).toBe('600 runs')
    for (const index of [80, 180, 280, 380])
      await eventually(async () => {
        await page.locator('.window').evaluate((box, top) => box.scrollTo(0, top), index * 37)
        return page.locator(`tr[data-index="${index}"]`).count()
      }).toBe(1)
    const top = await page.locator('.window').evaluate(box => box.scrollTop)
    await serve([fileWith('new.ndjson', arriving({ created_at: 2_000_000_000 }))], db)
    await page.getByRole('button', { name: 'Show changes' }).waitFor()
    expect(await page.locator('.window').evaluate(box => box.scrollTop)).toBe(top)
    await clean(page)
    await page.getByRole('button', { name: 'Show changes' }).click()
    await page.locator('tr[data-index="0"]', { hasText: 'ftjob-arriving' }).waitFor()
    expect(await page.getByRole('button', { name: 'Show changes' }).count()).toBe(0)
  })
}
