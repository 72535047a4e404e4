import { mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import { isSkipped, launch, patience } from './launch.ts'

/** A test that runs where there is a Chromium. */
export const browserTest = (name: string, run: () => Promise<void>): void => test.skipIf(isSkipped)(name, run)

let browser: Browser | undefined
beforeAll(async () => {
  if (!isSkipped) browser = await launch()
})
afterAll(() => browser?.close())

/** Console lines, errors and violations of the policy: a test fails if it leaves one here. */
export const complaints: Array<string> = []
afterEach(() => expect(complaints.splice(0)).toEqual([]))

/** Chromium writes no console line where a script catches the error of refused code. */
const tellViolations = `addEventListener('securitypolicyviolation', event =>
  console.error('violation of', event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber))`

/** Writes what a page shows into a temporary file, if it is open, and prints its name. */
const keepScreen = async (page: Page): Promise<void> => {
  const path = join(mkdtempSync(join(tmpdir(), 'finetune-kit-page-')), 'page.png')
  await page.screenshot({ path }).then(
    () => console.error(`The page when the test failed: ${path}`),
    () => undefined,
  )
}

/**
 * Opens an address, as long as the test runs; one that fails leaves a picture of the page. A
 * violation of the policy is a console line.
 */
export const opened = async (address: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const viewport = { width: 1280, height: 800 }
  const page = await (browser as Browser).newPage({ viewport, ...options })
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await keepScreen(page)
    await page.close()
  })
  page.setDefaultTimeout(patience)
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  await page.addInitScript(tellViolations)
  await page.goto(address)
  return page
}

/** Expects of a value that it becomes so. */
export const eventually = (value: () => unknown): ReturnType<typeof expect.poll> =>
  expect.poll(value, { timeout: patience })

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = readonly [id: string, firstElement: string]

/** Returns little of the results: to send all of them takes longer than to find them. */
const findViolations = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => [id, nodes[0]?.html]))`

/** Expects that axe finds nothing to complain about in the view, light and dark. */
export const clean = async (page: Page): Promise<void> => {
  if (!(await page.evaluate<boolean>(`'axe' in globalThis`))) await page.evaluate(axe)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await page.evaluate<ReadonlyArray<Violation>>(findViolations)).toEqual([])
  }
}

/** Drops files on the page, as a reader does from a folder. */
export const drop = async (page: Page, ...files: ReadonlyArray<readonly [string, string | Uint8Array]>) => {
  const sent = files.map(([name, content]) => [name, Buffer.from(content).toString('base64')] as const)
  await page.evaluate(all => {
    const data = new DataTransfer()
    for (const [name, base64] of all)
      data.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], name))
    for (const type of ['dragover', 'drop'])
      dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  }, sent)
}

/** Expects that the view fits a phone, and gives the width back. */
export const fitsPhone = async (page: Page): Promise<void> => {
  const size = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  await clean(page)
  if (size !== null) await page.setViewportSize(size)
}

/** Expects that a part of the view does not scroll sideways, in windows of these widths. */
export const fitsWindows = async (part: Locator, ...widths: ReadonlyArray<number>): Promise<void> => {
  const size = part.page().viewportSize()
  for (const width of widths) {
    await part.page().setViewportSize({ width, height: 844 })
    expect([width, await part.evaluate(box => box.scrollWidth - box.clientWidth)]).toEqual([width, 0])
  }
  if (size !== null) await part.page().setViewportSize(size)
}
