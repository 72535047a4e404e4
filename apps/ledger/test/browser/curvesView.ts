import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { browserTest, clean, eventually, fitsPhone, opened } from './chromium.ts'
import { fileWith, jobsServer, sampleServer, serve } from './servers.ts'

/** A job with curves. */
export const job = simulateJobs()[2]

/** A server of a job of 20,000 steps, whose least loss is a spike. */
export const longServer = (): Promise<string> => {
  const rows = Array.from({ length: 20_000 }, (_, i) => {
    const loss = i === 12_344 ? 0.01 : 0.5 + 2 / (1 + i / 500) + Math.sin(i * i) / 5
    return `${i + 1},${loss.toFixed(5)}`
  })
  const content = ['step,train_loss', ...rows].join('\n')
  const record = { object: 'finetune-kit.result-file', name: 'file-1.csv', content }
  const results = { object: 'finetune-kit.observation', seen_at: 1_800_000_000, source: 'test', record }
  const run = { ...job?.snapshots.at(-1), id: 'ftjob-long' }
  return serve([fileWith('long.ndjson', toNdjson([run, { ...results, run_id: run.id }]))])
}

/** Drops a file on the curves, as a reader does from a folder. */
const dropOnCurves = (page: Page, name: string, content: string): Promise<void> =>
  page.evaluate(
    ([name = '', content = '']) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content], name))
      for (const type of ['dragover', 'drop'])
        document
          .querySelector('.run-curves')
          ?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    },
    [name, content],
  )

/** The curves of a run. */
export const openedCurves = async (address = sampleServer(), id = job?.id): Promise<Page> => {
  const page = await opened(`${await address}/#/runs/${id}`)
  await page.getByRole('img', { name: /^Loss by step/ }).waitFor()
  return page
}

/** The tests of the curves of a run. */
export const curvesView = (): void => {
  browserTest('Curves are logarithmic, and over steps or time', async () => {
    const page = await openedCurves()
    const loss = page.getByRole('img', { name: /^Loss by/ })
    const raw = loss.locator('.line path.raw').first()
    await eventually(() => loss.locator('circle.best').count()).toBe(3)
    await eventually(() => raw.getAttribute('d')).toMatch(/^M[\d.]+,[\d.]+L/)
    const path = await raw.getAttribute('d')

    await page
      .getByText(/^Values of 40 of \d+ steps$/)
      .first()
      .click()
    const rows = page.getByRole('region', { name: /^Values of 40/ }).locator('tbody tr')
    await eventually(() => rows.count()).toBe(40)

    await page.getByLabel('Logarithmic values').check()
    await eventually(() => raw.getAttribute('d')).not.toBe(path)
    await page.getByLabel('Logarithmic values').uncheck()
    await eventually(() => raw.getAttribute('d')).toBe(path)
    await page.getByLabel('Over').selectOption('time')
    await page.getByRole('img', { name: /^Loss by time/ }).waitFor()
    await eventually(() => loss.textContent()).toContain('Time since training began')
    await page.getByLabel('Over').selectOption('step')
    await page.getByRole('img', { name: /^Loss by step/ }).waitFor()
    await clean(page)
  })

  browserTest('Curves tell the values of every line where the reader points, or goes by keys', async () => {
    const page = await openedCurves()
    const slider = page.getByRole('slider', { name: 'Step of Loss by step' })
    const values = slider.locator('.values')
    await slider.hover()
    await eventually(() => values.locator('span').allTextContents()).toEqual([
      expect.stringMatching(/^train loss [\d.]+$/),
      expect.stringMatching(/^valid loss [\d.]+( at step \d+)?$/),
      expect.stringMatching(/^full valid loss [\d.]+( at step \d+)?$/),
    ])
    await page.mouse.move(0, 0)
    await eventually(() => values.count()).toBe(0)

    await slider.focus()
    await page.keyboard.press('Home')
    await eventually(() => values.locator('b').textContent()).toBe('Step 1')
    await page.keyboard.press('ArrowRight')
    await eventually(() => values.locator('b').textContent()).toBe('Step 2')
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^Step 2; train loss [\d.]+; /)
    await clean(page)
    await page.keyboard.press('End')
    await eventually(() => values.locator('b').textContent()).toBe('Step 90')
    await page.keyboard.press('Escape')
    await eventually(() => values.count()).toBe(0)
  })

  browserTest(
    'Curves keep telling the values that a finger has tapped, until it taps elsewhere',
    async () => {
      const page = await opened(`${await sampleServer()}/#/runs/${job?.snapshots.at(-1)?.id}`, {
        hasTouch: true,
      })
      const chart = page.getByRole('slider', { name: 'Step of Loss by step' })
      await chart.tap()
      await eventually(() => chart.textContent()).toMatch(/^Step \d+train loss \d/)
      await page.getByRole('heading', { name: 'Learning curves' }).tap()
      await eventually(() => chart.textContent()).toBe('')
    },
  )

  browserTest(
    'Curves of a long run are thinned, and zoomed by a drag or by numbers to every value',
    async () => {
      const page = await openedCurves(longServer(), 'ftjob-long')
      const count = page
        .getByRole('row', { name: /^train loss/ })
        .locator('td')
        .first()
      await eventually(() => count.textContent()).toBe('20,000')
      await page.getByText(/^Long curves show the first, least, greatest/).waitFor()
      await page.getByText('Values of 40 of 20,000 steps').waitFor()
      const loss = page.getByRole('img', { name: /^Loss by step/ })
      const best = loss.locator('circle.best title')
      await eventually(() => best.textContent()).toBe('best train loss 0.01 at step 12,345')

      const [first, last] = [
        page.getByLabel('Steps', { exact: true }),
        page.getByLabel('to', { exact: true }),
      ]
      await first.fill('12300')
      await last.fill('12400')
      await last.press('Enter')
      await eventually(() => count.textContent()).toBe('101')
      await eventually(() => best.textContent()).toBe('best train loss 0.01 at step 12,345')
      await eventually(() => page.getByText(/^Long curves show/).count()).toBe(0)
      await clean(page)
      await first.fill('99999')
      await last.fill('')
      await last.press('Enter')
      await page.getByText('No value in these steps.').waitFor()
      await page.getByRole('button', { name: 'All steps' }).click()
      await eventually(() => count.textContent()).toBe('20,000')

      const box = await page.getByRole('slider', { name: 'Step of Loss by step' }).boundingBox()
      const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 }
      await page.mouse.move(x + width * 0.4, y + height / 2)
      await page.mouse.down()
      await page.mouse.move(x + width * 0.5, y + height / 2, { steps: 4 })
      await page.mouse.up()
      await eventually(async () => Number((await count.textContent())?.replaceAll(',', ''))).toBeLessThan(
        4000,
      )
      await eventually(async () => Number(await first.inputValue())).toBeGreaterThan(5000)
      await fitsPhone(page)
    },
  )

  browserTest('Curves take a result file that is dropped on them, and tell of one that is none', async () => {
    const page = await openedCurves(jobsServer())
    const count = page
      .getByRole('row', { name: /^train loss/ })
      .locator('td')
      .first()
    await eventually(async () => Number(await count.textContent())).toBeLessThan(90)
    await dropOnCurves(page, 'step_metrics.csv', job?.results ?? '')
    await page.getByText('step_metrics.csv 90 steps.').waitFor()
    await eventually(() => count.textContent()).toBe('90')

    await page.getByLabel('Smoothing').fill('0.9')
    await eventually(() => page.locator('.line path.smooth').count()).toBeGreaterThan(0)
    const [hostile, text] = ['<img src=x>\u202e.csv', '{"id": "ft-1"}']
    await dropOnCurves(page, hostile, text)
    await page.getByText('<img src=x>\\u202e.csv is no result file: ').waitFor()
    expect(await page.locator('main img').count()).toBe(0)
    await clean(page)
    await fitsPhone(page)
    await page.getByRole('button', { name: 'Remove them' }).click()
    await eventually(() => count.textContent()).not.toBe('90')
  })
}
