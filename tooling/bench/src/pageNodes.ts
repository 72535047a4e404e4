import { existsSync } from 'node:fs'

const executablePath = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  path => existsSync(path),
)

/** The sentence of a machine without a browser. */
export const noChromium = 'DOM nodes are not counted: no Chromium found. Set CHROMIUM=/path/to/it.'

/**
 * Returns the most DOM nodes of a ledger's table of runs, at its begin and after scrolls far into
 * it; undefined where there is no Chromium.
 */
export const pageNodes = async (url: string): Promise<number | undefined> => {
  if (executablePath === undefined) return undefined
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath })
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.goto(url)
    const row = page.locator('table.runs tbody tr[data-index]').first()
    await row.waitFor()
    let most = 0
    for (const share of [0, 0.2, 0.5, 0.9]) {
      await page.locator('.window').evaluate((box, share) => box.scrollTo(0, box.scrollHeight * share), share)
      // the rows in sight are loaded: none is pending
      await page.waitForFunction(
        () =>
          document.querySelector('tr[data-index]') !== null && document.querySelector('tr.pending') === null,
      )
      most = Math.max(most, await page.evaluate(() => document.querySelectorAll('*').length))
    }
    return most
  } finally {
    await browser.close()
  }
}
