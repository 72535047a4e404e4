import { simulateJobs } from '@finetune-kit/model/testing'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { browserTest, clean, eventually, opened } from './chromium.ts'
import { sampleServer } from './servers.ts'

/** The number of values that a property has in these elements. */
const countStyles = (
  marks: Locator,
  property: 'backgroundColor' | 'maskImage' | 'stroke' | 'strokeDasharray',
): Promise<number> =>
  marks.evaluateAll((all, name) => new Set(all.map(mark => getComputedStyle(mark)[name])).size, property)

/** The tests of what colours tell, for those who do not see them. */
export const withoutColour = (): void => {
  browserTest('Compare tells runs apart by colour and by dashes, in high contrast, too', async () => {
    const jobs = simulateJobs().filter(({ results }) => results !== null)
    const keys = new URLSearchParams(jobs.slice(0, 4).map(({ id }) => ['run', id]))
    const page = await opened(`${await sampleServer()}/#/compare?${keys}`, { forcedColors: 'active' })
    const loss = page.getByRole('img', { name: /^Train loss by step/ })
    await loss.waitFor()
    const count = await loss.locator('.line').count()
    expect(count).toBeGreaterThan(2)
    for (const property of ['backgroundColor', 'maskImage'] as const)
      expect(await countStyles(page.locator('.comparison .swatch'), property)).toBe(4)
    for (const property of ['stroke', 'strokeDasharray'] as const)
      expect(await countStyles(loss.locator('.line path'), property)).toBe(count)
  })

  browserTest('Changes marks by a sign what was added in their structure', async () => {
    const job = simulateJobs()[2]
    const page = await opened(`${await sampleServer()}/#/runs/${job?.id}/changes?as=structure`)
    const added = page.locator('.fields > li:is(.add, .append) > h3').first()
    await added.waitFor()
    await eventually(() => added.evaluate(head => getComputedStyle(head, '::before').content)).toBe('"+ "')
    await clean(page)
  })
}
