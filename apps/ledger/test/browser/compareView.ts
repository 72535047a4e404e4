import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { browserTest, clean, complaints, eventually, fitsPhone, opened } from './chromium.ts'
import { fileWith, sampleServer, serve } from './servers.ts'

const jobs = simulateJobs()
const [first, , third, fourth] = jobs.map(({ id }) => id)
const ids = [first ?? '', third ?? '', fourth ?? '']

const labels = (page: Page): Promise<ReadonlyArray<string>> =>
  page.locator('table.comparison tbody th').allTextContents()

const openedComparison = async (more = '', options: BrowserContextOptions = {}): Promise<Page> => {
  const page = await opened(
    `${await sampleServer()}/#/compare?${ids.map(id => `run=${id}`).join('&')}${more}`,
    options,
  )
  await page.locator('table.comparison tbody tr').first().waitFor()
  return page
}

/** The height of the highest id below a chart. */
const idHeight = (page: Page): Promise<number> =>
  page
    .locator('.by-run tbody th')
    .evaluateAll(ids => Math.max(...ids.map(id => id.getBoundingClientRect().height)))

/** The tests of a comparison. */
export const compareView = (): void => {
  browserTest('Compare shows what differs, and the rest below on request', async () => {
    const page = await openedComparison()
    await eventually(() => page.title()).toBe('Compare 3 runs · The ledger')
    const differing = await labels(page)
    expect(differing).toContain('Train loss')
    expect(differing).not.toContain('Kind')
    // a missing number stands where the others do
    const missing = page.locator('.comparison tr:has(td.number) td:has(.none)')
    expect(await missing.count()).toBeGreaterThan(0)
    expect(await missing.locator('xpath=self::*[not(@class="number")]').count()).toBe(0)
    await page.getByLabel('Only what differs').uncheck()
    await eventually(async () => (await labels(page)).slice(differing.length)).toContain('Kind')
    expect((await labels(page)).slice(0, differing.length)).toEqual(differing)
    await eventually(() => page.url()).toContain('&all=true')
    await clean(page)
  })

  browserTest('Compare heads each run by the word of its user, where it tells runs apart', async () => {
    const page = await openedComparison('', { viewport: { width: 390, height: 844 } })
    const words = page.locator('.comparison thead .word')
    const told = ids.map(id => jobs.find(job => job.id === id)?.snapshots.at(-1)?.user_provided_suffix)
    await eventually(() => words.allInnerTexts()).toEqual(told.filter(word => word != null))
    for (const word of await words.all()) expect(await word.isVisible()).toBe(true)
    const same = jobs.filter(({ snapshots }) => snapshots.at(-1)?.user_provided_suffix === 'support-replies')
    await page.goto(`${await sampleServer()}/#/compare?${same.map(({ id }) => `run=${id}`).join('&')}`)
    await page.getByRole('heading', { name: `${same.length} runs compared` }).waitFor()
    expect(await words.count()).toBe(0)
    await clean(page)
  })

  browserTest('Compare keeps the choices of its charts when the baseline and the runs change', async () => {
    const page = await openedComparison()
    await page.getByLabel('Over').selectOption('time')
    await page.getByLabel('Smoothing').fill('0.8')
    await eventually(() => page.url()).toMatch(/&over=time&smoothing=0\.8$/)
    await page.getByRole('button', { name: `Make it the baseline (${third})` }).click()
    await page.getByRole('button', { name: `Remove ${fourth}` }).click()
    await page.getByRole('heading', { name: '2 runs compared' }).waitFor()
    await page.getByLabel('Only what differs').uncheck()
    await eventually(() => page.url()).toContain('&all=true&over=time&smoothing=0.8')
    await page
      .getByRole('img', { name: /loss by time/ })
      .first()
      .waitFor()
  })

  browserTest('Compare measures against a baseline that is pinned, also after a reload', async () => {
    const page = await openedComparison()
    expect(await page.locator('.delta').count()).toBe(0)
    await page.getByRole('button', { name: `Make it the baseline (${third})` }).press('Enter')
    await page.locator('.delta').first().waitFor()
    await eventually(() => page.url()).toContain(`&baseline=${third}`)
    const epochs = page.getByRole('row', { name: /^Epochs \d/ })
    expect(await epochs.locator('td').allTextContents()).toEqual(['3', '3', '8 +5'])
    const best = page.getByRole('row', { name: /^Train loss/ }).locator('.best')
    expect(await best.allTextContents()).toEqual([expect.stringMatching(/^★ 0\.\d+$/)])
    await page.reload()
    await page.locator('.delta').first().waitFor()
    await page.getByRole('button', { name: `Baseline (${third})`, exact: true }).click()
    await eventually(() => page.locator('.delta').count()).toBe(0)
    await page.goBack()
    await page.locator('.delta').first().waitFor()
  })

  browserTest('Compare draws curves one over the other, and parallel coordinates', async () => {
    const page = await openedComparison()
    const loss = page.getByRole('img', { name: /^Train loss by step/ })
    await eventually(() => loss.locator('.line').count()).toBe(3)
    await page.getByLabel('Over').selectOption('time')
    await page.getByRole('img', { name: /^Train loss by time/ }).waitFor()
    const parallel = page.getByRole('img', { name: /^Hyperparameters and final metrics/ })
    expect(await parallel.locator('.line title').allTextContents()).toEqual(ids)
    await clean(page)
    await fitsPhone(page)
  })

  browserTest('Compare is a table also in a window that is a little wider than a phone', async () => {
    const page = await openedComparison()
    for (const width of [630, 650, 672, 680]) {
      await page.setViewportSize({ width, height: 800 })
      expect([width, await page.getByRole('columnheader', { name: first ?? '' }).isVisible()]).toEqual([
        width,
        true,
      ])
    }
  })

  browserTest('Compare prints all rows in light colours, and the colours of the runs', async () => {
    const page = await openedComparison('', { colorScheme: 'dark', viewport: { width: 718, height: 500 } })
    const swatch = page.locator('.comparison .swatch').first()
    await page.emulateMedia({ media: 'print' })
    const box = page.locator('.comparison-scroll')
    expect(await box.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0)
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(29, 35, 39)')
    expect(await swatch.evaluate(mark => getComputedStyle(mark).printColorAdjust)).toBe('exact')
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
  })

  browserTest('Compare leaves a phone to its rows: names stay in sight in one line', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const page = await openedComparison('', phone)
    await page.locator('.comparison-scroll').evaluate(box => box.scrollTo(0, 400))
    const head = page.getByRole('columnheader', { name: first ?? '' })
    const [name, box, scroller] = await Promise.all(
      [head.locator('a'), head, page.locator('.comparison-scroll')].map(part => part.boundingBox()),
    )
    expect((box?.y ?? 0) - (scroller?.y ?? 0)).toBeLessThan(2)
    expect(box?.height).toBeLessThan(56)
    expect(name?.height).toBeGreaterThan(43.5)
    // a letter and the sign that more is left out
    expect(
      await head
        .locator('.ends > span')
        .first()
        .evaluate(start => start.clientWidth),
    ).toBeGreaterThan(14)
    await page.locator('.by-run').first().waitFor()
    expect(await idHeight(page)).toBeLessThan(40)
    await page.setViewportSize({ width: 1920, height: 1080 })
    expect(await idHeight(page)).toBeLessThan(40)
    await clean(page)
  })

  browserTest('Compare gives Markdown and CSV away, and a report that is opened from disk', async () => {
    const page = await openedComparison(`&baseline=${third}`)
    const save = async (name: string) => {
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole(name.startsWith('Save') ? 'button' : 'link', { name, exact: true }).click(),
      ])
      return { name: saved.suggestedFilename(), text: readFileSync(await saved.path(), 'utf8') }
    }
    const csv = await save('Save CSV')
    expect(csv.name).toBe('comparison.csv')
    expect(csv.text).toMatch(new RegExp(`^id,.*train_loss.*\\r\\n${first},`))
    const markdown = await save('Save Markdown')
    expect(markdown.text).toContain('**`Train loss`**')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy Markdown' }).click()
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('**`Train loss`**')

    await page.locator('.menu summary', { hasText: 'Report' }).click()
    expect((await save('Without API keys and organization ids')).text).not.toContain('org-harbourlab')
    const saved = await save('Whole')
    expect(saved.text).toContain('org-harbourlab')
    expect(saved.name).toBe('runs.html')
    const report = await opened(pathToFileURL(fileWith(saved.name, saved.text)).href)
    expect(await report.title()).toBe('3 runs compared')
    await report
      .getByRole('columnheader', { name: `${third} (baseline)` })
      .first()
      .waitFor()
    await clean(report)
  })

  browserTest('Compare leaves a run out, and says when there is nothing to compare', async () => {
    const page = await openedComparison(`&baseline=${third}`)
    await page.getByRole('button', { name: `Remove ${third}` }).press('Enter')
    await page.getByRole('heading', { name: '2 runs compared' }).waitFor()
    await eventually(() => page.evaluate(() => document.activeElement?.ariaLabel)).toBe(
      'Comparison of the runs',
    )
    await eventually(() => page.url()).not.toContain(third)
    await page.evaluate(() => (location.hash = '#/compare?run=ftjob-1'))
    await page.getByRole('heading', { name: 'Nothing to compare' }).waitFor()
    await clean(page)
  })

  browserTest('Compare goes on with the runs that are there when one was deleted', async () => {
    const page = await opened(
      `${await sampleServer()}/#/compare?${['gone', ...ids].map(id => `run=${id}`).join('&')}&baseline=${third}`,
    )
    await page.getByText('run "gone": not in this database.').waitFor()
    expect(complaints.splice(0).join()).toContain('404')
    await clean(page)
    await page.getByRole('button', { name: 'Compare those that are there' }).press('Enter')
    await page.getByRole('heading', { name: '3 runs compared' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('main')
    await eventually(() => page.url()).toContain(`baseline=${third}`)
    expect(page.url()).not.toContain('gone')
  })

  browserTest('Compare shows what comes out of a record as text, whatever it is', async () => {
    const hostile = '<img src=x onerror="document.title=`taken`">\u202e'
    const long = `accounts/${'research-'.repeat(20)}lab/jobs/a1b2c3`
    const records = ['', ' ', hostile, '#/?x', long].map((id, i) =>
      Object.assign({}, jobs[0]?.snapshots.at(-1), {
        id,
        model: `${hostile}${i}`,
        seed: i,
        user_provided_suffix: `a\u202eb${i}`,
      }),
    )
    const address = await serve([fileWith('compared.ndjson', toNdjson(records))])
    const { runs } = (await (await fetch(`${address}/api/runs`)).json()) as {
      readonly runs: ReadonlyArray<{ readonly key: string }>
    }
    const keys = new URLSearchParams(runs.map(({ key }) => ['run', key]))
    const page = await opened(
      `${address}/#/compare?${keys}&baseline=${encodeURIComponent(runs[0]?.key ?? '')}`,
    )
    await page.locator('table.comparison tbody tr').first().waitFor()
    const table = await page.locator('table.comparison').textContent()
    for (const text of [hostile.replace('\u202e', '\\u202e'), 'a\\u202eb1', 'run without an id (2)', long])
      expect(table).toContain(text)
    expect(await page.locator('main img, main script').count()).toBe(0)
    expect(await page.locator('main').textContent()).not.toContain('\u202e')
    await eventually(() => page.title()).toBe('Compare 5 runs · The ledger')
    await clean(page)
    await fitsPhone(page)
  })
}
