import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { browserTest, clean, eventually, fitsPhone, opened } from './chromium.ts'
import { sampleServer } from './servers.ts'

/** The rows of the table that are drawn. */
export const rowsOf = (page: Page) => page.locator('table.runs tbody tr[data-index]')

/** The controls that are lower than a thumb is wide, without links in a sentence. */
const lowControls = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, a, summary, select, input')].flatMap(control => {
      const box = (control.closest('label') ?? control).getBoundingClientRect()
      const isSeen =
        control.checkVisibility() && box.height > 1 && control.closest('.brand, dd, p.none') === null
      // fractions of a pixel are lost in the layout; the text of a run's link is smaller
      return isSeen && box.height < (control.closest('.name') === null ? 43.5 : 39) ? [control.outerHTML] : []
    }),
  )

/** The pixels of a part of the name of a model that are cut off, or hidden by an ellipsis. */
const unseen = (page: Page, part: string): Promise<number> =>
  page
    .locator('td[data-title="Model"] :is(span, bdi)', { hasText: part })
    .last()
    .evaluate((name, words) => {
      const [text] = name.childNodes
      const start = name.textContent.indexOf(words)
      const range = document.createRange()
      if (text !== undefined) range.setStart(text, start)
      if (text !== undefined) range.setEnd(text, start + words.length)
      const { left, right, width } = range.getBoundingClientRect()
      const box = name.closest('span')?.getBoundingClientRect()
      const character = width / words.length
      const isCut = name.scrollWidth > name.clientWidth && name.localName === 'span'
      const end = (box?.right ?? 0) - (isCut ? character : 0)
      return width === 0 ? -1 : Math.round(Math.max(0, (box?.left ?? 0) - left, right - end))
    }, part)

/** The tests of the table of runs. */
export const runsView = (): void => {
  browserTest(
    'the page loads at most 180 kB of script first, and the check only when it is opened',
    async () => {
      const page = await opened('about:blank')
      const scripts = new Set<string>()
      page.on('request', request => {
        if (request.resourceType() === 'script') scripts.add(request.url())
      })
      await page.goto(await sampleServer())
      await rowsOf(page).first().waitFor()
      let size = 0
      for (const url of scripts) size += gzipSync(await (await fetch(url)).arrayBuffer()).length
      expect(size).toBeGreaterThan(50_000)
      expect(size).toBeLessThan(180_000)
      expect([...scripts].filter(url => /Check|Compare|Parquet/.test(url))).toEqual([])
      await page.getByRole('link', { name: 'Check' }).click()
      await page.getByRole('heading', { name: 'Check' }).waitFor()
      expect([...scripts].filter(url => /Check/.test(url)).length).toBeGreaterThan(0)
    },
  )

  browserTest('a range after the end of a file of the page is answered by a sentence', async () => {
    const answer = await fetch(await sampleServer(), { headers: { range: 'bytes=99999999-' } })
    expect([answer.status, await answer.json()]).toEqual([
      416,
      { error: { message: 'Range: the file ends before it. Leave the header out.' } },
    ])
  })

  browserTest('Runs prints all columns on a page of A4, also the rows that are not in sight', async () => {
    const page = await opened(await sampleServer(), { viewport: { width: 718, height: 600 } })
    await rowsOf(page).first().waitFor()
    const matched = Number.parseInt((await page.locator('.count').textContent()) ?? '', 10)
    expect(await rowsOf(page).count()).toBeLessThan(matched)
    for (const row of [0, 1]) await rowsOf(page).nth(row).getByRole('checkbox').check()
    await page.evaluate(() => void dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    expect(await rowsOf(page).count()).toBe(matched)
    const box = page.locator('.window')
    expect(await box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
    expect(await rowsOf(page).last().isVisible()).toBe(true)
    const last = await rowsOf(page).last().boundingBox()
    const list = await box.boundingBox()
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual((list?.y ?? 0) + (list?.height ?? 0))
    for (const words of ['Import files', 'Method', 'Columns', 'Compare', 'Clear'])
      expect(await page.getByText(words).filter({ visible: true }).count()).toBe(0)
    await page.emulateMedia({ media: 'screen' })
    await page.evaluate(() => void dispatchEvent(new Event('afterprint')))
    await eventually(() => rowsOf(page).count()).toBeLessThan(matched)
  })

  browserTest('Runs shows the useful columns whole, and a failed run looks failed', async () => {
    const page = await opened(await sampleServer())
    await rowsOf(page).first().waitFor()
    expect(await page.locator('table.runs thead th').allTextContents()).toEqual([
      'Run',
      'Status',
      'Model',
      'Base model',
      'Length',
      'Final loss',
      'Cost or tokens',
      'Duration',
      'Last change',
    ])
    for (const words of ['tone:', 'tide-tables', 'support-r', '18d-tickets'])
      expect([words, await unseen(page, words)]).toEqual([words, 0])
    const before = page.locator('td[data-title="Model"] .ends > span:has(+ span)')
    expect(await before.evaluateAll(parts => parts.filter(part => part.clientWidth > 0).length)).toBe(0)
    // as wide as a window of 1280 where scroll bars take room
    await page.setViewportSize({ width: 1265, height: 800 })
    const overflow = await page.locator('.window').evaluate(box => box.scrollWidth - box.clientWidth)
    expect(overflow).toBe(0)
    const cut = await page
      .locator('td.time')
      .evaluateAll(cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth).length)
    expect(cut).toBe(0)
    const tokens = page.locator('td[data-title="Cost or tokens"]', { hasText: 'tokens' }).first()
    await tokens.evaluate(cell => (cell.textContent = '1,234,567 tokens'))
    const cutNumbers = await page
      .locator('td.number')
      .evaluateAll(cells =>
        cells.flatMap(cell => (cell.scrollWidth > cell.clientWidth ? [cell.textContent] : [])),
      )
    expect(cutNumbers).toEqual([])
    const cutNames = await page.locator('td[data-title="Base model"] .ends').evaluateAll(names =>
      names.flatMap(name => {
        const [start] = name.children
        return (start?.scrollWidth ?? 0) > (start?.clientWidth ?? 0) ? [name.textContent] : []
      }),
    )
    // the name of a fine-tuned model has no room
    expect(cutNames.filter(name => name.length < 24)).toEqual([])
    const status = page.locator('td[data-title="Status"]').first()
    const room = await status.evaluate(cell => {
      const [word] = cell.getElementsByClassName('state')
      // the longest status of the service
      if (word !== undefined) word.textContent = 'validating_files'
      return cell.clientWidth - cell.scrollWidth
    })
    expect(room).toBe(0)
    const failed = page.locator('tr[data-phase="failed"]').first()
    expect(await failed.locator('.state').textContent()).toBe('failed')
    expect(
      await failed
        .locator('td')
        .first()
        .evaluate(cell => getComputedStyle(cell).boxShadow),
    ).toContain('inset')
    expect(await page.locator('.zone').textContent()).toMatch(/Times in \S+$/)
    await clean(page)
    await fitsPhone(page)
  })

  browserTest(
    'what is pressed on a phone is high enough for a thumb, and the list fills the window',
    async () => {
      const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
      const page = await opened(await sampleServer(), phone)
      await rowsOf(page).first().waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
      expect(await lowControls(page)).toEqual([])
      // a part of the first filter tells that the line continues
      expect((await page.locator('summary', { hasText: 'Kind' }).boundingBox())?.x).toBeLessThan(370)
      await page.getByText('Columns', { exact: true }).click()
      expect(await lowControls(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByText('Sort: Created at ↓').click()
      await page.getByRole('radio', { name: 'Full valid loss' }).check()
      const ascending = page.getByRole('checkbox', { name: 'ascending' })
      const { y = 0, height = 0 } = (await ascending.boundingBox()) ?? {}
      expect(y + height).toBeLessThan(844)
      await page.getByRole('radio', { name: 'Full valid loss' }).focus()
      for (const name of ['Valid loss', 'Train loss', 'Cost', 'Trained tokens', 'Duration']) {
        await page.keyboard.press('ArrowDown')
        const field = page.getByRole('radio', { name, exact: true })
        await eventually(() => field.isChecked()).toBe(true)
        const [bottom, top] = [await field.boundingBox(), await ascending.boundingBox()]
        expect((bottom?.y ?? 0) + (bottom?.height ?? 0)).toBeLessThan(top?.y ?? 0)
      }
      await page.getByRole('radio', { name: 'Full valid loss' }).check()
      await ascending.check()
      await page.getByText('Sort: Full valid loss ↑').waitFor()
      await eventually(() => page.url()).toContain('sort=full_valid_loss&order=ascending')
      expect(await lowControls(page)).toEqual([])
      await page.keyboard.press('Escape')
      await rowsOf(page).locator('.mark label').nth(1).click()
      await page.getByText('1 run selected').waitFor()
      expect(await lowControls(page)).toEqual([])
      // the cell of the box lies over the status
      const mark = rowsOf(page).locator('.mark').nth(1)
      expect(await mark.evaluate(cell => getComputedStyle(cell).backgroundColor)).toBe('rgba(0, 0, 0, 0)')
      await page.getByRole('searchbox').fill('no such thing')
      const all = page.getByRole('button', { name: 'Show all runs' })
      await all.waitFor()
      expect((await all.boundingBox())?.x).toBeLessThan(390)
      await all.click()
      await rowsOf(page).getByRole('link').first().click()
      await page.getByRole('heading', { name: 'Events' }).waitFor()
      expect(await lowControls(page)).toEqual([])
    },
  )

  browserTest('Runs can be used by keyboard alone, and selects several to compare', async () => {
    const page = await opened(await sampleServer())
    await rowsOf(page).first().waitFor()
    const links = page.locator('table.runs tbody th a')
    await links.first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await eventually(focused).toBe(await links.nth(2).textContent())
    const boxes = page.locator('table.runs tbody input[type="checkbox"]')
    for (const index of [0, 2]) {
      await boxes.nth(index).focus()
      await page.keyboard.press('Space')
    }
    await page.getByText('2 runs selected').waitFor()
    await page.reload()
    await page.getByText('2 runs selected').waitFor()
    await clean(page)
    await page.getByRole('link', { name: 'Compare' }).press('Enter')
    await eventually(() => page.url()).toMatch(/#\/compare\?run=.+&run=.+/)
    await page.goBack()
    await page.getByText('2 runs selected').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.press('Enter')
    await eventually(focused).toBe(await links.first().textContent())
    await page.keyboard.press('ArrowDown')
    const second = await links.nth(1).textContent()
    await eventually(focused).toBe(second)
    await page.keyboard.press('Space')
    await page.getByText('3 runs selected').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Life' }).waitFor()
    await eventually(() => page.evaluate(() => document.activeElement?.localName)).toBe('main')
    await page.goBack()
    await eventually(focused).toBe(second)
    await page.getByRole('region', { name: 'Table of runs' }).focus()
    await page.keyboard.press('ArrowDown')
    await eventually(focused).toBe(await links.first().textContent())
  })
}
