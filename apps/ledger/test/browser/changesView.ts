import { simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { expect } from 'vitest'
import { browserTest, clean, eventually, fitsPhone, opened } from './chromium.ts'
import { fileWith, sampleServer, serve } from './servers.ts'

const runs = [...Map.groupBy(simulateRuns(), ({ id }) => id)]
const [id = '', snapshots = []] =
  runs
    .filter(([, all]) => all.at(-1)?.status === 'succeeded')
    .toSorted(([, a], [, b]) => b.length - a.length)[0] ?? []
const count = snapshots.length

/** The tests of what changed between snapshots. */
export const changesView = (): void => {
  browserTest('Changes tells the story, newest first, and steps through it by arrow keys', async () => {
    const page = await opened(`${await sampleServer()}/#/runs/${id}/changes`)
    const heading = (from: number, to: number) =>
      page.getByRole('heading', { name: `From snapshot ${from} to ${to}`, exact: true }).waitFor()
    await heading(count - 1, count)
    await eventually(() => page.title()).toBe(`${id} · Changes · The ledger`)
    const story = page.locator('.story > li')
    expect(await story.first().textContent()).toContain('succeeded')
    expect(await story.last().textContent()).toContain('snapshot 1')
    await page.keyboard.press('ArrowLeft')
    await heading(count - 2, count - 1)
    await page.locator('.differences').focus()
    await page.keyboard.press('ArrowRight')
    await heading(count - 1, count)
    await page.getByLabel('New tag').focus()
    await page.keyboard.press('ArrowLeft')
    await heading(count - 1, count)
    await page.getByRole('button', { name: '← Previous change' }).click()
    await heading(count - 2, count - 1)
    await page.reload()
    await heading(count - 2, count - 1)
    await page.goBack()
    await heading(count - 1, count)
    await story.last().getByRole('button').click()
    await heading(1, 1)
    await page.getByText('Nothing changed.').waitFor()
    await clean(page)
    await fitsPhone(page)
  })

  browserTest('Changes says that one snapshot has none, and tells its story', async () => {
    const address = await serve([fileWith('one.ndjson', toNdjson(snapshots.slice(-1)))])
    const page = await opened(`${address}/#/runs/${id}/changes`)
    await page.getByText('One snapshot of this run is known').waitFor()
    await eventually(() => page.locator('.story > li').count()).toBeGreaterThan(0)
    expect(await page.locator('.differences').count()).toBe(0)
    await clean(page)
  })

  browserTest('Changes shows any two snapshots in words, as structure, and as a JSON Patch', async () => {
    const page = await opened(`${await sampleServer()}/#/runs/${id}/changes`)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByLabel('From snapshot').selectOption('1')
    await page.getByRole('heading', { name: `From snapshot 1 to ${count}` }).waitFor()
    await eventually(() => page.locator('.differences .news').textContent()).toContain('status: pending →')
    await page.getByLabel('Structure').check()
    const status = page.locator('.fields > li[data-path="/status"]')
    expect(await status.locator('del').textContent()).toBe('pending')
    expect(await status.locator('ins').textContent()).toBe('succeeded')
    const shown = page.locator('.fields > li[data-path="/events"] td[data-title="Message"]')
    const appended = snapshots.at(-1)?.events?.slice(snapshots[0]?.events?.length)
    expect(await shown.allTextContents()).toEqual(appended?.map(({ message }) => message))
    await clean(page)
    await page.getByLabel('JSON Patch', { exact: true }).check()
    await page.getByRole('button', { name: 'Copy JSON Patch' }).click()
    await page.getByText('Copied').waitFor()
    const patch: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))
    expect(patch).toContainEqual({ op: 'replace', path: '/status', value: 'succeeded' })
    await eventually(() => page.url()).toContain('as=patch')
    await clean(page)
    await fitsPhone(page)
  })

  browserTest('a time that a field got is in the zone of the reader too', async () => {
    const job = simulateJobs().find(({ snapshots }) => snapshots.some(one => one.estimated_finish))
    const page = await opened(`${await sampleServer()}/#/runs/${job?.id}/changes`, {
      timezoneId: 'Asia/Tokyo',
    })
    const line = page.locator('.story .news li', { hasText: 'Estimated finish' }).first()
    await line.waitFor()
    expect(await line.locator('time').count()).toBeGreaterThan(0)
    expect(await line.textContent()).not.toMatch(/T\d\d:\d\d:\d\dZ/)
    await clean(page)
  })

  browserTest('every time is in the zone of the reader, which is named', async () => {
    const timeZone = 'Asia/Kolkata'
    const page = await opened(`${await sampleServer()}/#/runs/${id}/changes`, { timezoneId: timeZone })
    await page.locator('.story .news time').first().waitFor()
    expect(await page.locator('.zone').textContent()).toMatch(/Times in Asia\/(Kolkata|Calcutta)$/)
    expect(await page.locator('main').textContent()).not.toMatch(/\d{4}-\d\d-\d\dT/)
    const shown = page.locator('.story time').first()
    const at = new Date((await shown.getAttribute('datetime')) ?? '')
    const here = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone })
    expect(await shown.textContent()).toBe(here.format(at))
  })

  browserTest(
    'Changes tells the old value before the new one also where a script runs to the left',
    async () => {
      const last = simulateJobs()[0]?.snapshots.at(-1)
      const records = ['ארגון', 'חברה'].map(organization_id => Object.assign({}, last, { organization_id }))
      const address = await serve([fileWith('leftwards.ndjson', toNdjson(records))])
      const page = await opened(`${address}/#/runs/${last?.id}/changes`)
      const change = page.locator('.differences .news li', { hasText: 'חברה' })
      await change.waitFor()
      const [before, after] = [
        await change.locator('del').boundingBox(),
        await change.locator('ins').boundingBox(),
      ]
      expect((before?.x ?? 0) + (before?.width ?? 0)).toBeLessThan(after?.x ?? 0)
    },
  )
}
