import { gzipSync, zstdCompressSync } from 'node:zlib'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { expect } from 'vitest'
import { browserTest, clean, complaints, drop, eventually, fitsPhone, opened } from './chromium.ts'
import { sampleServer } from './servers.ts'

const jobs = toNdjson(simulateJobs().map(({ snapshots }) => snapshots.at(-1)))
const count = jobs.trim().split('\n').length

/** The tests of the check. */
export const checkView = (): void => {
  browserTest('a view that did not load is told, and comes when the page is loaded again', async () => {
    const page = await opened(await sampleServer())
    await page.locator('table.runs tbody a').first().waitFor()
    await page.route('**/Check-*.js', route => route.abort())
    await page.getByRole('link', { name: 'Check' }).click()
    await page.getByText('This view did not load.').waitFor()
    expect(complaints.splice(0).join()).toContain('net::ERR_FAILED')
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Reload the page' }).click()
    await page.getByRole('heading', { name: 'Check' }).waitFor()
  })

  browserTest('Check tells what is pasted, and what is wrong to line and path', async () => {
    const page = await opened(`${await sampleServer()}/#/check`)
    const verdict = page.locator('.verdict')
    await page.getByLabel('Paste here').fill(jobs)
    await eventually(() => verdict.textContent()).toBe(`${count} jobs in NDJSON. All valid.`)
    await eventually(() => page.title()).toBe('Check · The ledger')
    await page
      .getByLabel('Paste here')
      .fill(`${jobs}${jobs.replace(/"created_at":\d+/, '"created_at":"\u202enow"')}`)
    await page.getByText('1 invalid record: 1 problem.').waitFor()
    // a screen reader reads the verdict, not all problems
    expect(await page.getByRole('status').locator('.verdict').count()).toBe(1)
    expect(await page.locator(':is([role="status"], [aria-live]) .problems').count()).toBe(0)
    const row = page.locator('.problems tbody tr').first()
    expect(await row.locator('td').nth(1).textContent()).toBe('/created_at')
    expect(await row.locator('td').nth(2).textContent()).toContain('\\u202enow')
    await row.getByRole('button').press('Enter')
    const selected = () =>
      page.evaluate(() => {
        const area = document.querySelector('textarea')
        return area?.value.slice(area.selectionStart, area.selectionEnd)
      })
    expect(await selected()).toContain('"created_at":"\u202enow"')
    await clean(page)
    await fitsPhone(page)
  })

  browserTest('Check unpacks what is dropped, and shows it in any other format', async () => {
    const page = await opened(`${await sampleServer()}/#/check`)
    await page.getByRole('heading', { name: 'Check' }).waitFor()
    for (const [compression, bytes] of [
      ['gzip', gzipSync(jobs)],
      ['zstd', zstdCompressSync(jobs)],
    ] as const) {
      await drop(page, ['jobs.ndjson.x', bytes])
      await page.getByText(`${count} jobs in NDJSON, compressed by ${compression}. All valid.`).waitFor()
    }
    const choice = page.getByLabel('The same in')
    await choice.selectOption('YAML')
    await eventually(() => page.locator('.output').textContent()).toContain('object: fine_tuning.job')
    await choice.selectOption('CSV')
    await eventually(() => page.locator('.output').textContent()).toMatch(/^\S*\bstatus\b/)
    await choice.selectOption('Parquet')
    await page.getByText('Parquet is binary').waitFor()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ])
    expect(saved.suggestedFilename()).toBe('records.parquet')
    await drop(page, ['runs.ndjson.br', new Uint8Array([0x8b, 2, 0x80])])
    await page.getByText('Unpack it first: brotli -d').waitFor()
    await clean(page)
  })
  browserTest('Check keeps its input while another view is looked at, until it is cleared', async () => {
    const page = await opened(`${await sampleServer()}/#/check`)
    const verdict = page.locator('.verdict')
    const area = page.getByLabel('Paste here')
    const lookAway = async () => {
      await page.getByRole('link', { name: 'Runs', exact: true }).click()
      await page.locator('table.runs tbody a').first().waitFor()
      await page.goBack()
    }
    await area.fill(jobs)
    await lookAway()
    await eventually(() => verdict.textContent()).toBe(`${count} jobs in NDJSON. All valid.`)
    expect(await area.inputValue()).toBe(jobs)
    await drop(page, ['jobs.ndjson.gz', gzipSync(jobs)])
    await page.getByText('jobs.ndjson.gz').waitFor()
    await lookAway()
    await page.getByText(`${count} jobs in NDJSON, compressed by gzip. All valid.`).waitFor()
    await page.getByText('jobs.ndjson.gz').waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await eventually(() => page.locator('.note').count()).toBe(0)
    await lookAway()
    await area.waitFor()
    expect(await verdict.count()).toBe(0)
    await page.reload()
    expect(await area.inputValue()).toBe('')
  })

  browserTest('Check takes a long text that is pasted as it takes a file', async () => {
    const page = await opened(`${await sampleServer()}/#/check`)
    const area = page.getByLabel('Paste here')
    const paste = (text: string) =>
      area.evaluate((field, text) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', text)
        return field.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        )
      }, text)
    expect(await paste(jobs)).toBe(true)
    await area.fill(`${jobs}{"a":1}`)
    await area.press('ControlOrMeta+End')
    for (const _ of '{"a":1}') await area.press('Shift+ArrowLeft')
    const times = Math.ceil(1_000_000 / jobs.length)
    expect(await paste(jobs.repeat(times))).toBe(false)
    const all = (count * (times + 1)).toLocaleString('en-US')
    await page.getByText(`${all} jobs in NDJSON. All valid.`).waitFor()
    await page.getByText('pasted text').waitFor()
    expect(await area.inputValue()).toBe('')
  })

  browserTest('Check tells what it leaves out of what is dropped, and what cannot be read', async () => {
    const page = await opened(`${await sampleServer()}/#/check`)
    await page.getByRole('heading', { name: 'Check' }).waitFor()
    await drop(page, ['a.json', jobs], ['b.json', jobs], ['c.json', jobs])
    await page.getByText(`${count} jobs in NDJSON. All valid.`).waitFor()
    await page.getByText('a.json, without 2 other files: one is checked at a time.').waitFor()
    await clean(page)
    const isRead = Promise.withResolvers<void>()
    await page.exposeFunction('isRead', () => isRead.promise)
    await page.evaluate(() => {
      const { isRead } = globalThis as unknown as { readonly isRead: () => Promise<void> }
      File.prototype.arrayBuffer = async function (this: File) {
        if (this.name === 'folder') throw new DOMException('no file', 'NotFoundError')
        await isRead()
        return new Response(this).arrayBuffer()
      }
    })
    await drop(page, ['slow.json', jobs])
    await drop(page, ['folder', ''])
    await page.getByText('This is a folder, or a file that is too large or was removed.').waitFor()
    isRead.resolve()
    await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 300)))
    expect(await page.locator('.note code').textContent()).toBe('folder')
  })
}
