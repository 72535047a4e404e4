import { expect } from 'vitest'
import { browserTest, clean, eventually, opened } from './chromium.ts'
import { sampleServer } from './servers.ts'

/** The tests of lists that are sorted by a column of several fields. */
export const sortedRuns = (): void => {
  browserTest('Runs is sorted by what a column of several fields shows', async () => {
    const page = await opened(`${await sampleServer()}/#/?kind=job`)
    const header = page.getByRole('columnheader', { name: /^Cost or tokens/ })
    const tokens = async () => {
      const cells = page.locator('td[data-title="Cost or tokens"]:not([data-empty="true"])')
      return (await cells.allTextContents()).map(text =>
        Number(text.replace(/ tokens$/, '').replace(',', '')),
      )
    }
    await eventually(async () => (await tokens()).length).toBeGreaterThan(2)
    await header.getByRole('button').click()
    await page.getByText('sorted by Trained tokens, descending').waitFor()
    expect(await header.getAttribute('aria-sort')).toBe('descending')
    await eventually(async () =>
      (await tokens()).every((n, i, all) => i === 0 || n <= (all[i - 1] ?? 0)),
    ).toBe(true)
    await header.getByRole('button').click()
    await page.getByText('sorted by Trained tokens, ascending').waitFor()
    await header.getByRole('button').click()
    await eventually(() => header.getAttribute('aria-sort')).toBe(null)
    await clean(page)
  })

  browserTest('Runs says what it is sorted by also where the reader has chosen nothing', async () => {
    const page = await opened(`${await sampleServer()}/#/?column=created_at`)
    const header = page.getByRole('columnheader', { name: /^Created at/ })
    await page.getByText('sorted by Created at, descending').waitFor()
    expect(await header.getAttribute('aria-sort')).toBe('descending')
    expect(await header.textContent()).toBe('Created at ↓')
    await header.getByRole('button').click()
    await page.getByText('sorted by Created at, ascending').waitFor()
    await eventually(() => page.url()).toMatch(/sort=created_at&order=ascending/)
    await header.getByRole('button').click()
    await page.getByText('sorted by Created at, descending').waitFor()
    expect(page.url()).not.toContain('sort=')
  })

  browserTest('Runs is sorted by such a column also where the field has another of its own', async () => {
    const page = await opened(`${await sampleServer()}/#/?kind=job&column=trained_tokens`)
    const sorts = () =>
      page
        .locator('th', { hasText: /tokens/ })
        .evaluateAll(heads => heads.map(head => head.getAttribute('aria-sort')))
    const button = page.getByRole('columnheader', { name: /^Cost or tokens/ }).getByRole('button')
    await page.locator('td[data-title="Trained tokens"]:not([data-empty="true"])').first().waitFor()
    for (const sort of ['descending', 'ascending', null]) {
      await button.click()
      await eventually(sorts).toEqual([sort, sort])
    }
    await clean(page)
  })
}
