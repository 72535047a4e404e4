import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { browserTest, drop, eventually, opened } from './chromium.ts'
import { fileWith, sampleServer, serve } from './servers.ts'

/** The element that has the focus: its role or tag, and its class. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { localName, className } = document.activeElement ?? document.body
    return className === '' ? localName : `${localName}.${className}`
  })

const [job] = simulateJobs()
const last = job?.snapshots.at(-1)

/** Checkpoints of the job, more than two pages of them. */
const checkpoints = Array.from({ length: 250 }, (_, i) => ({
  object: 'fine_tuning.job.checkpoint',
  id: `ftckpt_${i}`,
  created_at: 1_721_764_867 + i,
  fine_tuned_model_checkpoint: `ft:model:ckpt-step-${i}`,
  metrics: { train_loss: 1 / (i + 1) },
  fine_tuning_job_id: job?.id,
  step_number: i,
}))

/** The tests of the focus where the button that was pressed waits, or goes away. */
export const keyboardFocus = (): void => {
  browserTest('Run shows page after page by Enter on one button', async () => {
    const address = await serve([fileWith('pages.ndjson', toNdjson([last, ...checkpoints]))])
    const page = await opened(`${address}/#/runs/${job?.id}`)
    const more = page.getByRole('button', { name: /^Show more checkpoints/ })
    await more.focus()
    const rows = page.getByRole('region', { name: /^Checkpoints/ }).locator('tbody tr')
    await page.keyboard.press('Enter')
    await eventually(() => rows.count()).toBe(200)
    expect(await focused(page)).toBe('button.button')
    await page.keyboard.press('Enter')
    await eventually(() => rows.count()).toBe(250)
  })

  browserTest('Runs keeps the focus when a filter, all filters or the selection are cleared', async () => {
    const page = await opened(`${await sampleServer()}/#/?status=failed`)
    await page.getByText('Status: failed').press('Enter')
    const open = page.locator('details.menu[open]')
    await open.getByRole('button', { name: 'Any status' }).press('Enter')
    await eventually(() => focused(page)).toBe('div.panel')
    await page.keyboard.press('Escape')
    expect(await open.count()).toBe(0)
    await page.getByLabel('Search').fill('ft')
    await page.getByRole('button', { name: 'Show all runs' }).press('Enter')
    await page.getByRole('button', { name: 'Show all runs' }).waitFor({ state: 'detached' })
    expect(await page.getByLabel('Search').evaluate(field => field === document.activeElement)).toBe(true)
    await page
      .getByLabel(/^Select /)
      .first()
      .press('Space')
    await page.getByRole('button', { name: 'Clear' }).press('Enter')
    await page.getByRole('region', { name: 'Selected runs' }).waitFor({ state: 'detached' })
    expect(await focused(page)).toBe('div.scroll window')
  })

  browserTest('Runs keeps the focus on a value that no run has when it is unticked', async () => {
    const page = await opened(`${await sampleServer()}/#/?status=nowhere`)
    await page.getByText('Status: nowhere').press('Enter')
    const value = page.getByRole('checkbox', { name: /^nowhere/ })
    await value.press('Space')
    await eventually(() => page.url()).not.toContain('nowhere')
    await page.locator('table.runs tbody a').first().waitFor()
    expect(await value.evaluate(box => box === document.activeElement)).toBe(true)
    await page.keyboard.press('Space')
    await page.getByText('No run matches.').waitFor()
  })

  browserTest('Changes stays on its button where there is no change before', async () => {
    const page = await opened(`${await sampleServer()}/#/runs/${job?.id}/changes`)
    const previous = page.getByRole('button', { name: 'Previous change' })
    await previous.focus()
    while ((await previous.getAttribute('aria-disabled')) === 'false') await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    expect(await previous.evaluate(button => button === document.activeElement)).toBe(true)
  })

  browserTest('Check and an import keep the focus when they are cleared', async () => {
    const page = await opened(`${await serve([])}/#/check`)
    await page.getByRole('textbox').fill('{}')
    await page.getByRole('button', { name: 'Clear' }).press('Enter')
    expect(await focused(page)).toBe('textarea')
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByRole('heading', { name: 'Every fine-tuning run' }).waitFor()
    await drop(page, ['one.ndjson', toNdjson([last])], ['two.ndjson', toNdjson([last])])
    const dismiss = page.getByRole('button', { name: 'Dismiss', exact: true })
    await eventually(() => dismiss.count()).toBe(2)
    await dismiss.first().press('Enter')
    expect(await focused(page)).toBe('section.imports')
    await dismiss.first().press('Enter')
    expect(await focused(page)).toBe('main')
  })
}
