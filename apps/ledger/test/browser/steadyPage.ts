import { simulateJobs } from '@finetune-kit/model/testing'
import { expect } from 'vitest'
import { browserTest, clean, eventually, opened } from './chromium.ts'
import { rowsOf } from './runsView.ts'
import { sampleServer } from './servers.ts'

const first = simulateJobs().find(({ results }) => results !== null)

/** The tests that nothing moves under the pointer of a reader. */
export const steadyPage = (): void => {
  browserTest('filters stay where they are while the list is narrowed', async () => {
    const page = await opened('about:blank')
    const held = Promise.withResolvers<void>()
    await page.route('**/api/facets*', async route => {
      await held.promise
      await route.continue()
    })
    await page.goto(await sampleServer())
    await rowsOf(page).first().waitFor()
    const filters = page.locator('.filters > .menu > summary')
    expect(await filters.count()).toBe(0)
    // in two lines: the list below is where it will be
    await page.setViewportSize({ width: 820, height: 1180 })
    const list = page.locator('.window')
    const top = (await list.boundingBox())?.y ?? 0
    held.resolve()
    await filters.first().waitFor()
    expect(Math.abs(((await list.boundingBox())?.y ?? 0) - top)).toBeLessThan(2)
    await page.setViewportSize({ width: 1280, height: 800 })
    const titles = await filters.allTextContents()
    expect(titles).toEqual(expect.arrayContaining(['Kind', 'Base model', 'Columns']))

    const model = filters.filter({ hasText: 'Base model' })
    const panel = page.locator('.menu[open] > .panel')
    await model.click()
    const before = await panel.boundingBox()
    await panel.getByRole('checkbox', { name: /^babbage-002/ }).check()
    await eventually(() => page.locator('.count').textContent()).toMatch(/^\d runs? match(es)?$/)
    await eventually(() => panel.getByRole('button', { name: 'Any base model' }).isVisible()).toBe(true)
    expect((await panel.boundingBox())?.x).toBe(before?.x)
    await panel.getByRole('button', { name: 'Any base model' }).click()
    await page.keyboard.press('Escape')

    await page.getByLabel('Search').fill('no such thing')
    await eventually(() => page.locator('.count').textContent()).toBe('No run matches.')
    await filters.filter({ hasText: 'Kind' }).click()
    await panel.getByText('No value to choose.').waitFor()
    expect(await filters.allTextContents()).toEqual(titles)
  })

  browserTest('what is below the curves stays there when they come', async () => {
    const page = await opened('about:blank')
    const held = Promise.withResolvers<void>()
    await page.route('**/curves*', async route => {
      await held.promise
      await route.continue()
    })
    await page.goto(`${await sampleServer()}/#/runs/${first?.id}`)
    const below = page.getByRole('heading', { name: 'Settings and files' })
    await below.waitFor()
    expect((await below.boundingBox())?.y).toBeGreaterThan(800)
    held.resolve()
    await page.locator('.chart-card').first().waitFor()
    expect((await below.boundingBox())?.y).toBeGreaterThan(800)
  })

  browserTest('the buttons after one that copies keep their places', async () => {
    const page = await opened(`${await sampleServer()}/#/runs/${first?.id}`)
    await page.context().grantPermissions(['clipboard-write'])
    const next = page.locator('summary', { hasText: 'Report' })
    const before = await next.boundingBox()
    await page.getByRole('button', { name: 'Copy id' }).click()
    await page.getByText('Copied').waitFor()
    expect(await next.boundingBox()).toEqual(before)
    await clean(page)
  })

  browserTest('a phone does not zoom into a field, nor correct the ids that are typed there', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const page = await opened('about:blank', phone)
    for (const view of ['', `#/runs/${first?.id}`, '#/check']) {
      await page.goto(`${await sampleServer()}/${view}`)
      await page.locator('table.runs tbody a, .chart-card, textarea').first().waitFor()
      const fields = page.locator(
        'textarea, select, input:not([type="checkbox"], [type="radio"], [type="file"], [type="range"])',
      )
      expect(await fields.count()).toBeGreaterThan(0)
      for (const field of await fields.all())
        expect(await field.evaluate(one => parseFloat(getComputedStyle(one).fontSize))).toBe(16)
      for (const field of await page.locator('textarea, [type="search"], [aria-label="New tag"]').all())
        for (const [name, value] of Object.entries({ autocorrect: 'off', spellcheck: 'false' }))
          expect(await field.getAttribute(name)).toBe(value)
    }
  })

  browserTest('views fit a phone also where letters are twice as large', async () => {
    const page = await opened('about:blank', { viewport: { width: 390, height: 844 } })
    const ids = simulateJobs().flatMap(({ id, results }) => (results === null ? [] : [id]))
    const run = `#/runs/${ids[0]}`
    const compared = `#/compare?run=${ids[0]}&run=${ids[1]}`
    for (const view of ['#/', run, `${run}/changes`, `${run}/record`, compared, '#/watching', '#/check']) {
      await page.goto(`${await sampleServer()}/${view}`)
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
      await page.locator('h1').waitFor({ state: 'attached' })
      await eventually(() => page.getByText('Reading the ledger …').count()).toBe(0)
      const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect([view, await beyond()]).toEqual([view, 0])
    }
  })
}
