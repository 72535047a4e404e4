import { simulateJobs } from '@finetune-kit/model/testing'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { browserTest, clean, fitsPhone, opened } from './chromium.ts'
import { sampleServer } from './servers.ts'

/** The places of the decimal points of these cells, in whole pixels; those without one have none. */
const pointsOf = (cells: Locator): Promise<ReadonlyArray<number>> =>
  cells.evaluateAll(all =>
    all.flatMap(cell => {
      const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
      while (texts.nextNode() !== null) {
        const { currentNode: text } = texts
        const at = (text.textContent ?? '').indexOf('.')
        if (at < 0) continue
        const range = document.createRange()
        range.setStart(text, at)
        range.setEnd(text, at + 1)
        return [Math.round(range.getBoundingClientRect().left)]
      }
      return []
    }),
  )

/** The tests of numbers that stand one above the other. */
export const alignedNumbers = (): void => {
  browserTest('Compare and its charts align numbers at their decimal points, also the best one', async () => {
    const jobs = simulateJobs().filter(({ results }) => results !== null)
    const keys = new URLSearchParams(jobs.map(({ id }) => ['run', id]))
    const page = await opened(`${await sampleServer()}/#/compare?${keys}`)
    const losses = page.locator(
      '.comparison tbody tr:has(th:text-is("Train loss"), th:text-is("Full valid loss"))',
    )
    await losses.first().waitFor()
    expect(await losses.locator('[data-rest]:not([data-rest=""])').count()).toBeGreaterThan(0)
    for (const column of jobs.keys()) {
      const points = await pointsOf(losses.locator(`td:nth-of-type(${column + 1}) [data-rest]`))
      expect(new Set(points).size).toBeLessThan(2)
    }
    const card = page.locator('.chart-card', { hasText: 'Train loss by step' }).first()
    await card.locator('td[data-rest]').first().waitFor()
    for (const column of [2, 3])
      expect(new Set(await pointsOf(card.locator(`tbody td:nth-of-type(${column})`))).size).toBe(1)
    await clean(page)
    await fitsPhone(page)
  })
}
