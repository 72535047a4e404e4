import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile } from 'node:fs/promises'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { expect, onTestFinished } from 'vitest'
import { browserTest, complaints, drop, eventually, opened } from './chromium.ts'
import { serve } from './servers.ts'

const path = '/team/ledger/'

/** The address of a proxy that has a server below the path, as long as the test runs. */
const proxyOf = async (url: string): Promise<string> => {
  const proxy = createServer((from, to) => {
    const { method, headers, url: asked = '' } = from
    if (!asked.startsWith(path)) {
      to.writeHead(404).end()
      return
    }
    const options = { method, headers, path: asked.slice(path.length - 1) }
    const sent = request(url, options, answer => {
      to.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(to)
    })
    sent.on('error', () => to.destroy())
    from.pipe(sent)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  onTestFinished(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${path}`
}

/** The tests of a page that comes through a proxy. */
export const behindProxy = (): void => {
  browserTest('The page works below a path of a proxy', async () => {
    const job = simulateJobs()[0]
    const page = await opened(await proxyOf(await serve([])))
    await eventually(() => page.locator('.live').textContent()).toBe('Live')
    await drop(page, ['jobs.ndjson', toNdjson(job?.observations ?? [])])
    await page.locator('.imports').getByText('1 new run').waitFor()
    await page
      .locator('table.runs')
      .getByRole('link', { name: job?.id ?? '' })
      .click()
    await page.getByRole('heading', { name: 'Life' }).waitFor()
    for (const [menu, link] of [
      ['Export', 'YAML'],
      ['Report', 'Without API keys'],
    ] as const) {
      await page.getByText(menu, { exact: true }).click()
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: link }).click(),
      ])
      expect(await readFile(await saved.path(), 'utf8')).toContain(job?.id)
    }
    await page.getByRole('link', { name: 'Check', exact: true }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Watching', exact: true }).click()
    await page.getByText('--api-key-env').first().waitFor()
  })

  browserTest('Runs says that a proxy takes no file of a size', async () => {
    const page = await opened(await serve([]))
    await page.getByText('Drop files anywhere on this page').waitFor()
    const body = '<html><h1>413 Request Entity Too Large</h1></html>'
    await page.route('**/api/imports?*', route =>
      route.fulfill({ status: 413, contentType: 'text/html', body }),
    )
    await drop(page, ['jobs.ndjson', '{}'])
    await page.locator('.imports').getByText('A proxy before the server takes no file of this size').waitFor()
    for (const text of complaints.splice(0)) expect(text).toContain('413')
  })
}
