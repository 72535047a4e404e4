import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { browserTest, clean, eventually, opened } from './chromium.ts'
import { rowsOf } from './runsView.ts'
import { crowdServer } from './servers.ts'

const countOf = (page: Page) => page.locator('.count')
const nodesOf = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length)

/** The tests of the table of 100,000 runs. */
export const manyRuns = (): void => {
  browserTest('Runs filters, searches and sorts 100,000 runs, and keeps that in its address', async () => {
    const asked = new Set<string>()
    const page = await opened('about:blank')
    page.on('request', request => {
      if (/\/api\/(?!changes)/.test(request.url())) asked.add(request.url())
    })
    await page.goto(await crowdServer())
    await eventually(() => countOf(page).textContent()).toBe('100,000 runs')
    await rowsOf(page).first().waitFor()

    await page.locator('.menu summary', { hasText: 'Status' }).click()
    const failed = page.locator('.menu[open] .panel label', { hasText: 'failed' })
    const count = (await failed.locator('.none').textContent()) ?? ''
    await failed.getByRole('checkbox').check()
    await eventually(() => countOf(page).textContent()).toBe(`${count} runs match`)
    await eventually(() => rowsOf(page).locator('.state').allTextContents()).not.toContain('succeeded')
    await page.keyboard.press('Escape')
    await eventually(() => page.url()).toContain('status=failed')
    await page.goBack()
    await eventually(() => countOf(page).textContent()).toBe('100,000 runs')

    const id = (await rowsOf(page).nth(3).locator('th').textContent()) ?? ''
    await page.keyboard.press('/')
    await page.keyboard.type(id.toUpperCase())
    await eventually(() => countOf(page).textContent()).toMatch(/^\d+ runs? match/)
    await eventually(() => rowsOf(page).locator('th').allTextContents()).toContain(id)
    await page.getByLabel('Search').fill('no such thing')
    await page.getByText('No run matches.').waitFor()
    await page.getByRole('button', { name: 'Show all runs' }).click()
    await eventually(() => countOf(page).textContent()).toBe('100,000 runs')

    await page.getByText('Created', { exact: true }).click()
    await page.locator('.menu[open]').getByLabel('From').fill('2024-01-01')
    await page.locator('.menu[open]').getByLabel('To').fill('2024-12-31')
    await eventually(() => countOf(page).textContent()).toMatch(/^\d{1,2},\d{3} runs match$/)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Show all runs' }).click()

    const duration = page.getByRole('columnheader', { name: 'Duration' })
    await duration.getByRole('button').press('Enter')
    await page.locator('th[aria-sort="descending"]').waitFor()
    await duration.getByRole('button').press('Enter')
    await page.locator('th[aria-sort="ascending"]').waitFor()
    await page.getByText('sorted by Duration, ascending').waitFor()
    const several = page.getByRole('columnheader', { name: 'Final loss' }).getByRole('button')
    expect(await several.getAttribute('title')).toMatch(/^Sorts by Full valid loss\./i)
    const sorted = page.url()
    await page.reload()
    await page.locator('th[aria-sort="ascending"]').waitFor()
    await eventually(() => page.url()).toBe(sorted)
    expect(await nodesOf(page)).toBeLessThan(3000)

    expect(asked.size).toBeGreaterThan(8)
    for (const url of asked)
      expect(gzipSync(await (await fetch(url)).arrayBuffer()).length).toBeLessThan(60_000)
    await clean(page)
  })

  browserTest('Runs draws the rows in sight only, and Back restores the list where it was', async () => {
    const page = await opened(await crowdServer())
    await rowsOf(page).first().waitFor()
    const scroller = page.locator('.window')
    for (const index of [80, 180, 280]) {
      await eventually(async () => {
        await scroller.evaluate((box, top) => box.scrollTo(0, top), index * 37)
        return page.locator(`tr[data-index="${index}"]`).count()
      }).toBe(1)
      expect(await nodesOf(page)).toBeLessThan(3000)
    }
    const top = await scroller.evaluate(box => box.scrollTop)
    const id = await page.locator('tr[data-index="285"] th a').textContent()
    await page.locator('tr[data-index="285"] th a').click()
    await page
      .locator('h1')
      .getByText(id ?? '')
      .waitFor()
    await eventually(() => page.title()).toBe(`${id} · Overview · The ledger`)
    await page.goBack()
    await page.locator('tr[data-index="285"]').waitFor()
    await eventually(() => scroller.evaluate(box => box.scrollTop)).toBe(top)
    await page.getByText('Columns', { exact: false }).first().click()
    for (const box of await page.locator('.panel .wide input').all()) await box.check()
    await page.keyboard.press('Escape')
    await page.getByRole('columnheader', { name: 'Batch size' }).waitFor()
    expect(await nodesOf(page)).toBeLessThan(3000)
    await clean(page)
  })

  browserTest('Runs jumps into the middle of 100,000 runs, and its address keeps the place', async () => {
    const page = await opened(await crowdServer())
    await rowsOf(page).first().waitFor()
    const scroller = page.locator('.window')
    const row = (index: number) => page.locator(`tr[data-index="${index}"]`)
    const held = Promise.withResolvers<void>()
    await page.route('**/api/runs?*', route => held.promise.then(() => route.continue()))
    await scroller.evaluate(box => box.scrollTo(0, 60_000 * 37))
    await page.locator('tr.pending').first().waitFor()
    await page.evaluate(() => void dispatchEvent(new Event('beforeprint')))
    expect(await page.getByText('Export gives all of them.').count()).toBe(0) // none has come
    await page.evaluate(() => void dispatchEvent(new Event('afterprint')))
    held.resolve()
    await row(60_000).waitFor()
    expect(await nodesOf(page)).toBeLessThan(3000)
    await eventually(() => page.url()).toContain('at=60001')
    await page.evaluate(() => void dispatchEvent(new Event('beforeprint')))
    await page.getByText(/^Rows 5\d,\d+ to 60,\d+ of 100,000\. Export gives all of them\.$/).waitFor()
    await page.evaluate(() => void dispatchEvent(new Event('afterprint')))
    await page.getByText('Export gives all of them.').waitFor({ state: 'detached' })
    const id = (await row(60_003).locator('th a').textContent()) ?? ''
    const top = await scroller.evaluate(box => box.scrollTop)
    await page.reload()
    await eventually(() => row(60_003).locator('th a').textContent()).toBe(id)
    await eventually(() => scroller.evaluate(box => box.scrollTop)).toBe(top)
    await row(60_003).locator('th a').click()
    await page.locator('h1').getByText(id).waitFor()
    await page.reload()
    await page.getByRole('link', { name: '← Runs' }).waitFor()
    await page.goBack()
    await eventually(() => row(60_003).locator('th a').textContent()).toBe(id)

    const focused = () => page.evaluate(() => document.activeElement?.closest('tr')?.dataset['index'])
    await row(60_003).locator('th a').focus()
    await page.keyboard.press('End')
    await eventually(focused).toBe('99999')
    await page.keyboard.press('Home')
    await eventually(focused).toBe('0')
    await eventually(() => page.url()).not.toContain('at=')
  })
}
