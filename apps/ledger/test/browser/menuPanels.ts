import { simulateJobs } from '@finetune-kit/model/testing'
import { expect } from 'vitest'
import { browserTest, eventually, opened } from './chromium.ts'
import { sampleServer } from './servers.ts'

const [first] = simulateJobs()

/** The tests of the panels of menus. */
export const menuPanels = (): void => {
  browserTest('every menu opens inside the window, however narrow it is', async () => {
    const page = await opened('about:blank')
    for (const view of [`#/?run=${first?.id}`, `#/runs/${first?.id}`])
      for (const [width, height] of [
        [1280, 800],
        [700, 800],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height })
        await page.goto(`${await sampleServer()}/${view}`)
        const buttons = page.locator('.menu > summary')
        await page.locator('table.runs tbody a, .tabs').first().waitFor()
        const panel = page.locator('.menu[open] > .panel')
        for (const button of await buttons.all()) {
          if (!(await button.isVisible())) continue
          await button.click()
          // it is moved after it has opened
          const outside = () =>
            panel.evaluateAll(([one]) => {
              if (one === undefined) return 'closed'
              const { left, right, top, bottom } = one.getBoundingClientRect()
              return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
            })
          await eventually(outside).toBe(true)
          await page.keyboard.press('Escape')
          await panel.waitFor({ state: 'detached' })
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
      }
  })

  browserTest('a menu stays open where its words and its blank parts are clicked', async () => {
    const page = await opened(await sampleServer())
    const panel = page.locator('.menu[open] > .panel')
    await page.locator('summary', { hasText: 'Status' }).click()
    await panel.getByText('failed', { exact: true }).click()
    await page.waitForURL(/status=failed/)
    expect(await panel.getByRole('checkbox', { name: /^failed/ }).isChecked()).toBe(true)
    await panel.click({ position: { x: 5, y: 5 } })
    expect(await panel.isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    // names of fine-tuned models differ at their ends
    await page.locator('summary', { hasText: 'Base model' }).click()
    await panel.getByText('ft:gpt-4o-2024-08-06:harbour-lab:tone:a1b2c3d4').waitFor()
    await page.locator('summary', { hasText: 'Status' }).click()
    await panel.waitFor()
    await page.locator('.count').click()
    await panel.waitFor({ state: 'detached' })
  })

  browserTest('the tap that closes a menu presses nothing below it, but opens another menu', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const page = await opened(await sampleServer(), phone)
    const links = page.locator('table.runs tbody th a')
    await links.first().waitFor()
    await page.evaluate(() => {
      const visited: Array<string> = []
      Object.assign(globalThis, { visited })
      addEventListener('hashchange', () => visited.push(location.hash))
    })
    const panel = page.locator('.menu[open] > .panel')
    await page.locator('summary', { hasText: 'Sort' }).tap()
    await panel.getByText('Sorted by', { exact: true }).waitFor()
    await page.locator('summary', { hasText: 'Base model' }).tap()
    await panel.getByRole('checkbox').first().waitFor()
    // also those before a long name
    const widths = panel.getByRole('checkbox').evaluateAll(all => all.map(one => one.clientWidth))
    expect(new Set(await widths).size).toBe(1)
    await page.locator('summary', { hasText: 'Kind' }).tap()
    await panel.getByRole('checkbox', { name: /^job/ }).waitFor()
    await links.first().tap()
    await panel.waitFor({ state: 'detached' })
    const second = await links.nth(1).getAttribute('href')
    await links.nth(1).tap()
    await page.getByRole('heading', { name: 'Life' }).waitFor()
    expect(await page.evaluate(() => (globalThis as unknown as { visited: Array<string> }).visited)).toEqual([
      second,
    ])
  })

  browserTest('a key works after a long press that closed a menu, though no click came of that', async () => {
    const page = await opened(await sampleServer())
    const link = page.locator('table.runs tbody th a').first()
    await page.locator('summary', { hasText: 'Kind' }).click()
    await page.locator('.menu[open]').waitFor()
    await page.locator('.count').dispatchEvent('pointerdown', { pointerType: 'touch' })
    await page.locator('.menu[open]').waitFor({ state: 'detached' })
    await link.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/#\/runs\//)
  })
}
