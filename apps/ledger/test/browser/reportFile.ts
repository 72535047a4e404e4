import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { RecordKind } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import { simulateJobs } from '@finetune-kit/model/testing'
import { report, type ReportOptions, type ReportRun } from '@finetune-kit/report'
import { expect } from 'vitest'
import { browserTest, clean, fitsPhone, opened } from './chromium.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const hostile =
  '</title></style><img src=x onerror="document.title=`taken`"><script>document.title="taken"</script>\u202e'

const kind = RecordKind.byName('job') as RecordKind.RecordKind
const runs = simulateJobs().map(
  ({ id, snapshots, events, checkpoints, results }): ReportRun => ({
    id,
    kind,
    snapshots,
    events,
    checkpoints,
    results: results === null ? [] : [ResultMetrics.parse(results)],
  }),
)

/** The tests of a report that is opened from disk. */
export const reportFile = (): void => {
  const folder = temporaryFolder()
  const written = (shown: ReadonlyArray<ReportRun>, options?: ReportOptions): string => {
    const file = join(folder, 'report.html')
    writeFileSync(file, report(shown, options))
    return pathToFileURL(file).href
  }

  browserTest('report of a run is read from disk without a script', async () => {
    const page = await opened(written(runs.slice(2, 3)))
    expect(await page.title()).toBe(runs[2]?.id)
    expect(await page.getByRole('img', { name: /^Loss by step train loss: / }).count()).toBe(1)
    await page.getByText('Values of 40 of 90 steps').first().click()
    await page.getByRole('region', { name: 'Values of 40 of 90 steps' }).first().waitFor()
    await clean(page)
    await fitsPhone(page)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    )
  })

  browserTest('what is opened in a report is high enough for a thumb, and lower on paper', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const page = await opened(written(runs.slice(0, 2)), phone)
    const heights = () =>
      page.locator('summary').evaluateAll(all => all.map(part => part.getBoundingClientRect().height))
    expect(Math.min(...(await heights()))).toBeGreaterThan(43.5)
    await page.emulateMedia({ media: 'print' })
    expect(Math.max(...(await heights()))).toBeLessThan(36)
  })

  browserTest('report of several runs is read from disk', async () => {
    const page = await opened(written(runs.slice(0, 4), { baseline: runs[2]?.id ?? '' }))
    await page
      .getByRole('columnheader', { name: `${runs[2]?.id} (baseline)` })
      .first()
      .waitFor()
    expect(await page.getByRole('img', { name: 'Hyperparameters and final metrics' }).count()).toBe(1)
    await clean(page)
    await fitsPhone(page)
  })

  browserTest('report shows hostile values as text', async () => {
    const [run] = runs
    const last = {
      ...(run?.snapshots.at(-1) as object),
      id: hostile,
      model: hostile,
      fine_tuned_model: hostile,
      [hostile]: hostile,
    }
    const attack = { ...(run as ReportRun), id: hostile, snapshots: [last] }
    for (const shown of [[attack], [attack, run as ReportRun]]) {
      const page = await opened(written(shown, { baseline: hostile }))
      expect(await page.title()).not.toBe('taken')
      expect(await page.locator('img, script').count()).toBe(0)
      expect(await page.locator('body').textContent()).toContain(hostile.replace('\u202e', '\\u202e'))
      await clean(page)
      await fitsPhone(page)
    }
  })
}
