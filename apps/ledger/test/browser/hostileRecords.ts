import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { expect } from 'vitest'
import { browserTest, clean, eventually, fitsPhone, opened } from './chromium.ts'
import { fileWith, serve } from './servers.ts'

const last = simulateJobs()[0]?.snapshots.at(-1)

/** Values that would act if the page took them for more than text. */
const hostile = '<img src=x onerror="document.title=`taken`"><script>document.title="taken"</script>'

const ids = ['', '..', '\ud800', 'a\u202eb', hostile, '#/?x', '%']

/** A run that becomes hostile in its second snapshot. */
const records = ids.flatMap(id => [
  { ...last, id, status: 'running' },
  {
    ...last,
    id,
    model: hostile,
    [hostile]: hostile,
    user_provided_suffix: `a\u202eb\u0007${'x'.repeat(300)}`,
  },
])

/** The tests of records that nobody would write with good intentions. */
export const hostileRecords = (): void => {
  browserTest('every view shows what comes out of a record as text, whatever it is', async () => {
    const address = await serve([fileWith('hostile.ndjson', toNdjson(records))])
    const page = await opened(address)
    for (const name of [
      'run without an id',
      '..',
      '\\ud800',
      'a\\u202eb',
      hostile.slice(0, 30),
      '#/?x',
      '%',
    ]) {
      await page.goto(`${address}/#/`)
      await page.getByRole('link', { name }).first().click()
      await page.getByRole('heading', { name: 'Life' }).waitFor()
      expect(await page.locator('h1').textContent()).toContain(name)
      await page.getByRole('link', { name: 'Changes' }).click()
      await page.getByRole('heading', { name: 'From snapshot 1 to 2' }).waitFor()
      await page.getByLabel('Structure').check()
      const model = page.locator('.fields > li[data-path="/model"]')
      expect(await model.locator('ins').textContent()).toBe(hostile)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
      await page.getByRole('link', { name: 'Record' }).click()
      await page.locator('.json').waitFor()
      expect(await page.locator('.json').textContent()).toContain('a\\u202eb\\u0007')
      expect(await page.locator('main img, main script').count()).toBe(0)
      await eventually(() => page.title()).toMatch(/ · Record · The ledger$/)
    }
    await clean(page)
    await fitsPhone(page)
  })
}
