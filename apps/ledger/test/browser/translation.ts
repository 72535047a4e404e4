import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { browserTest, complaints, eventually, opened } from './chromium.ts'
import { fileWith, serve } from './servers.ts'

/** Replaces texts by elements, as translators do: those of `isAll`, also what is not for them. */
const translate = (page: Page, isAll: boolean): Promise<void> =>
  page.evaluate(all => {
    const replaceTexts = (): void => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const texts: Array<Text> = []
      while (walker.nextNode() !== null) texts.push(walker.currentNode as Text)
      for (const text of texts) {
        const { parentElement } = text
        if (parentElement === null || parentElement.closest('font, textarea') !== null) continue
        if (!all && !parentElement.translate) continue
        const font = document.createElement('font')
        font.textContent = text.data
        text.replaceWith(font)
      }
    }
    replaceTexts()
    const observer = new MutationObserver(replaceTexts)
    observer.observe(document.body, { childList: true, characterData: true, subtree: true })
  }, isAll)

/** The tests of a browser that translates the page. */
export const translation = (): void => {
  browserTest('a translator leaves the page alone, which would show old values and break', async () => {
    const page = await opened(await serve([fileWith('translated.ndjson', toNdjson(jobs))]))
    await eventually(() => page.locator('.count').textContent()).toBe(`${jobs.length} runs`)
    await translate(page, false)
    await page.getByRole('searchbox').fill(jobs[0]?.id ?? '')
    await eventually(() => page.locator('.count').textContent()).toBe('1 run matches')
    await page.getByRole('button', { name: 'Show all runs' }).click()
    await eventually(() => page.locator('.count').textContent()).toBe(`${jobs.length} runs`)
  })

  browserTest('a view that another script has broken comes when the page is loaded again', async () => {
    const page = await opened(await serve([fileWith('broken.ndjson', toNdjson(jobs))]))
    await eventually(() => page.locator('.count').textContent()).toBe(`${jobs.length} runs`)
    await translate(page, true)
    await page.getByRole('searchbox').fill(jobs[0]?.id ?? '')
    await page.getByRole('button', { name: 'Show all runs' }).click()
    await page.getByText('This view cannot be drawn.').waitFor()
    for (const line of complaints.splice(0)) expect(line).toContain('NotFoundError')
    await page.getByRole('button', { name: 'Reload the page' }).click()
    await eventually(() => page.locator('.count').textContent()).toMatch(/run/)
  })
}

const jobs = simulateJobs().flatMap(({ snapshots }) => snapshots.at(-1) ?? [])
