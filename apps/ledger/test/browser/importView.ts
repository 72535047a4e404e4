import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { expect, onTestFinished } from 'vitest'
import { browserTest, clean, complaints, drop, eventually, fitsPhone, opened } from './chromium.ts'
import { fileWith, newPath, serve } from './servers.ts'

const last = simulateJobs()[0]?.snapshots.at(-1)

const manyJobs = (count: number): string =>
  toNdjson(Array.from({ length: count }, (_, i) => ({ ...last, id: `ftjob-drop-${i}` })))

/** The tests of imports. */
export const importView = (): void => {
  browserTest('Runs imports what is dropped, with progress, and reports what was rejected', async () => {
    const page = await opened(await serve([]))
    await page.getByText('Drop files anywhere on this page').waitFor()
    await clean(page)
    // every value that the bar ever has is noted: the import may end before a look from here
    await page.evaluate(() => {
      const seen = new Set<number>()
      Object.assign(globalThis, { seen })
      new MutationObserver(() => {
        const bar = document.querySelector<HTMLProgressElement>('.imports progress')
        if (bar !== null) seen.add(bar.value)
        // a screen reader would read each number of records
        if (bar?.closest('[role="status"], [aria-live]') != null) seen.add(-1)
      }).observe(document.body, { subtree: true, childList: true, attributes: true })
    })
    const jobs = manyJobs(3000)
    await drop(page, ['many.ndjson', `${jobs}{"id":\n`])
    const line = page.locator('.imports > ul > li')
    await line.getByText('3,000 new runs').waitFor()
    const seen = await page.evaluate(() => [...(globalThis as unknown as { seen: Set<number> }).seen])
    expect(seen.length).toBeGreaterThan(0)
    expect(seen).not.toContain(-1)
    expect(await line.getByRole('status').textContent()).toMatch(/^3,000 new runs, .*, 1 rejected\.$/)
    await page.getByText('Rejected records', { exact: true }).click()
    expect(await page.locator('.rejected').textContent()).toContain('line 3001')
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the rejected records' }).click(),
    ])
    expect(saved.suggestedFilename()).toMatch(/^rejects/)
    await eventually(() => page.locator('.count').textContent()).toBe('3,000 runs')
    await clean(page)
    await fitsPhone(page)

    await drop(page, ['again.ndjson', jobs])
    await line.getByText('0 new runs, 0 changed, 3,000 unchanged').waitFor()
    await line.first().getByRole('button', { name: 'Dismiss' }).click()
    expect(await line.count()).toBe(1)

    await drop(page, ['none.ndjson', '\n'])
    await line.getByText('No records in it.').waitFor()
  })

  browserTest('Runs shows runs below the reports of imports, on a phone too', async () => {
    const bad = toNdjson(Array.from({ length: 30 }, (_, id) => ({ ...last, id, status: id })))
    const page = await opened(await serve([]))
    await page.getByText('Drop files anywhere on this page').waitFor()
    await drop(page, ['good.ndjson', manyJobs(12)], ['bad.ndjson', bad], ['worse.ndjson', bad])
    const reports = page.locator('.imports > ul > li')
    await eventually(() => reports.getByText('0 new runs, 0 changed, 0 unchanged, 30 rejected').count()).toBe(
      2,
    )
    await page.getByText('3 of 3 imports are over, 2 with problems.').waitFor()
    for (const size of [
      { width: 390, height: 844 },
      { width: 1280, height: 800 },
    ]) {
      await page.setViewportSize(size)
      const { y, height } = (await page.locator('.window').boundingBox()) ?? { y: 0, height: 0 }
      expect(height).toBeGreaterThan(200)
      expect(y + height).toBeLessThan(size.height)
      const last = await reports.last().boundingBox()
      expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThan(y)
    }
    await clean(page)
    await fitsPhone(page)
    await reports.last().getByRole('button', { name: 'Dismiss' }).click()
    await eventually(() => reports.count()).toBe(2)
    await page.getByRole('button', { name: 'Dismiss all that are over' }).click()
    await eventually(() => reports.count()).toBe(0)
    await page.locator('.window').waitFor()
  })

  browserTest('Runs imports a folder of small files, and counts those with problems', async () => {
    const page = await opened(await serve([]))
    await page.getByText('Drop files anywhere on this page').waitFor()
    const count = 150
    const files = Array.from({ length: count }, (_, i) => {
      const job = { ...last, id: `ftjob-small-${i}` }
      return [`${i}.json`, i % 50 === 7 ? '{"id":' : JSON.stringify(job)] as const
    })
    await drop(page, ...files)
    await page.getByText(`${count} of ${count} imports are over, 3 with problems.`).waitFor()
    const reports = page.locator('.imports > ul > li')
    expect(await reports.count()).toBe(count)
    // in the order of the folder
    expect(await reports.locator('> b').allTextContents()).toEqual(files.map(([name]) => name))
    await eventually(() => page.locator('.count').textContent()).toBe(`${count - 3} runs`)
    await clean(page)
    await fitsPhone(page)
  })

  browserTest('Runs cancels an import, and says what is no file of records', async () => {
    // a pipe that stays open: the import lasts until it is cancelled
    const pipe = newPath('endless.ndjson')
    execFileSync('mkfifo', [pipe])
    const page = await opened(await serve([], ':memory:', { flags: [pipe] }))
    const writer = await open(pipe, 'w')
    await writer.write(manyJobs(3))
    await page.getByRole('button', { name: 'Cancel' }).click()
    const line = page.locator('.imports > ul > li')
    await line.getByText('Cancelled').waitFor()
    await writer.close()
    await drop(page, ['picture.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])])
    await line.getByText('an image').waitFor()
    await clean(page)
  })

  browserTest(
    'Runs follows an import of a server that pauses, and tells that it was started again',
    async () => {
      const pipe = newPath('followed.ndjson')
      execFileSync('mkfifo', [pipe])
      const url = await serve([], ':memory:', { flags: [pipe] })
      const writer = await open(pipe, 'w')
      onTestFinished(() => writer.close())
      const page = await opened('about:blank')
      const streams: Array<string> = []
      page.on('request', request => {
        if (request.resourceType() === 'eventsource') streams.push(new URL(request.url()).pathname)
      })
      await page.goto(url)
      const line = page.locator('.imports > ul > li')
      await line.getByRole('button', { name: 'Cancel' }).waitFor()
      // the server that was started again imports another file
      await page.route(/\/api\/imports(\/1)?$/, async route => {
        const response = await route.fetch()
        const text = (await response.text()).replace(/"started_at":[\d.]+/, '"started_at":1')
        await route.fulfill({ response, body: text })
      })
      await page.route('**/api/imports/1', route => route.abort(), { times: 1 })
      await line.getByText('The server was started again').waitFor()
      await page.getByRole('link', { name: 'Check', exact: true }).click()
      await page.getByRole('link', { name: 'Runs', exact: true }).click()
      await eventually(() => line.count()).toBe(2)
      await line.last().getByRole('button', { name: 'Cancel' }).waitFor()
      await page.unrouteAll({ behavior: 'wait' })
      // one for each import would leave no connection to a second tab
      expect(streams).toEqual(['/api/changes'])
      for (const text of complaints.splice(0)) expect(text).toContain('net::ERR_FAILED')
    },
  )

  browserTest('Runs cancels an import before the server has the file', async () => {
    const page = await opened(await serve([]))
    await page.getByText('Drop files anywhere on this page').waitFor()
    // the upload hangs, as on a slow line
    await page.route('**/api/imports?*', () => {})
    await drop(page, ['slow.ndjson', manyJobs(3)])
    const line = page.locator('.imports > ul > li')
    await line
      .getByText(/^sent .+ of /)
      .or(line.getByText('sent'))
      .first()
      .waitFor()
    // a browser asks nothing of a reader who has done nothing
    await page.getByRole('searchbox').click()
    const isAsked = page.waitForEvent('dialog')
    await page.evaluate(() => void setTimeout(() => location.reload()))
    const dialog = await isAsked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await line.getByRole('button', { name: 'Cancel' }).click()
    await line.getByText('Cancelled.').waitFor()
    expect(await line.getByRole('progressbar').count()).toBe(0)
    await page.unrouteAll()
    await line.getByRole('button', { name: 'Dismiss' }).click()
    await drop(page, ['fast.ndjson', manyJobs(3)])
    await line.getByText('3 new runs').waitFor()
    await eventually(() => page.locator('.count').textContent()).toBe('3 runs')
  })

  browserTest('Runs tells a file that is gone from a server that does not answer', async () => {
    const page = await opened(await serve([]))
    await page.getByText('Drop files anywhere on this page').waitFor()
    const isHeld = page.waitForRequest('**/api/imports?*')
    const mayGo = Promise.withResolvers<void>()
    await page.route('**/api/imports?*', async route => (await mayGo.promise, route.continue()), { times: 1 })
    const [first, gone] = [fileWith('first.ndjson', manyJobs(1)), fileWith('gone.ndjson', manyJobs(2))]
    await page.getByLabel('Import files').setInputFiles([first, gone])
    await isHeld
    rmSync(gone)
    mayGo.resolve()
    const reports = page.locator('.imports > ul > li')
    await reports.nth(0).getByText('1 new run').waitFor()
    await reports.nth(1).getByText('changed or removed since it was chosen').waitFor()
    expect(complaints.splice(0).join()).toContain('net::ERR_FILE_NOT_FOUND')
  })

  browserTest('Runs exports what is shown in any format', async () => {
    const page = await opened(await serve([]))
    await page.getByText('Drop files anywhere on this page').waitFor()
    await drop(page, ['few.ndjson', manyJobs(12)])
    await page.getByText('12 new runs').waitFor()
    await page.getByRole('searchbox').fill('drop-1')
    await eventually(() => page.locator('.count').textContent()).toBe('3 runs match')
    await page.getByText('Export', { exact: true }).click()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'NDJSON', exact: true }).click(),
    ])
    const chunks: Array<Buffer> = []
    for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer)
    const ids = Buffer.concat(chunks)
      .toString()
      .trim()
      .split('\n')
      .map(text => (JSON.parse(text) as { id: string }).id)
    expect(ids.toSorted()).toEqual(['ftjob-drop-1', 'ftjob-drop-10', 'ftjob-drop-11'])
  })
}
