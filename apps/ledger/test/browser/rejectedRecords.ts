import { JsonValue } from '@finetune-kit/codec'
import { encodeAll } from '@finetune-kit/serialization'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import { expect } from 'vitest'
import { browserTest, complaints, drop, eventually, opened } from './chromium.ts'
import { serve } from './servers.ts'

/** The tests of the places that an import names. */
export const rejectedRecords = (): void => {
  browserTest('Runs names the byte of a damaged binary file once', async () => {
    const page = await opened(await serve([]))
    await page.getByText('Drop files anywhere on this page').waitFor()
    await drop(page, ['cut.parquet', 'PAR1 and nothing else'])
    const rejected = page.locator('.rejected')
    await rejected.getByText('not Parquet').waitFor()
    expect(await rejected.textContent()).toMatch(
      /^ *not Parquet: expected "PAR1" at its end, found "else" \(byte 17\)/,
    )
  })

  browserTest('Runs names the number of a record of binary data, once', async () => {
    const page = await opened(await serve([]))
    await page.getByText('Drop files anywhere on this page').waitFor()
    const wrong = { object: 'fine_tuning.job', id: 'a', model: 'm', status: 'queued', created_at: 'x' }
    const bytes = encodeAll(MessagePack.of(JsonValue))([[1], wrong])
    await drop(page, ['odd.msgpack', bytes._tag === 'Right' ? bytes.right : ''])
    const rejected = page.locator('.rejected > li')
    await rejected.getByText('not an object').waitFor()
    const lines = await rejected.allInnerTexts()
    expect(lines[0]).toMatch(/^record 1\s+not an object$/)
    expect(lines[1]).toMatch(/^record 2\s+\/created_at: expected integer, found "x"$/)
  })

  browserTest('Runs names the line and the column of an error once', async () => {
    const page = await opened(await serve([]))
    await page.getByText('Drop files anywhere on this page').waitFor()
    await drop(page, ['open.yaml', 'object: fine-tune\nid: [1\n---\na: b\n'])
    const rejected = page.locator('.rejected > li')
    await rejected.getByText('not YAML').waitFor()
    expect(await rejected.first().innerText()).toMatch(/^line 3, column 1\s+not YAML: a "\[" that/)
  })

  browserTest('Runs says that the rejected records of an import are gone, and saves no others', async () => {
    const page = await opened(await serve([]))
    await page.getByText('Drop files anywhere on this page').waitFor()
    await drop(page, ['cut.parquet', 'PAR1 and nothing else'])
    const link = page.getByRole('link', { name: 'Download the rejected records' })
    const saved = page.waitForEvent('download')
    await link.press('Enter')
    expect((await saved).suggestedFilename()).toBe('rejects-1.ndjson')
    page.on('download', () => complaints.push('a download'))
    // a server that was started again counts its imports from 1, or has none yet
    const message = 'import "1": not known since the server started. Look at /api/imports.'
    for (const change of [{ started_at: 1 }, undefined]) {
      await page.route('**/api/imports/1', async route => {
        const response = await route.fetch()
        if (change === undefined) return route.fulfill({ status: 404, json: { error: { message } } })
        return route.fulfill({ response, json: Object.assign(await response.json(), change) })
      })
      await link.click()
      await page.getByRole('alert').getByText('The server does not have them any more').waitFor()
      await page.unrouteAll()
      await eventually(() => complaints.length).toBe(change === undefined ? 1 : 0)
      complaints.splice(0)
      const again = page.waitForEvent('download')
      await link.click()
      await again
      await eventually(() => page.getByRole('alert').count()).toBe(0)
      expect(complaints.splice(0)).toEqual(['a download'])
    }
  })
}
