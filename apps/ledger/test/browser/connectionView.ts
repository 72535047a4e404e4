import { expect } from 'vitest'
import { started } from '../server/started.ts'
import { browserTest, clean, complaints, eventually, opened } from './chromium.ts'
import { serve } from './servers.ts'

/** The tests of the stream of changes: what the page says when it is gone. */
export const connectionView = (): void => {
  browserTest('a server that falls silent is noticed, and its stream opened again', async () => {
    const server = started([])
    const page = await opened('about:blank')
    await page.clock.install()
    await page.goto(await server.address)
    const live = () => page.locator('.live').textContent()
    await eventually(live).toBe('Live')
    await page.clock.fastForward(30_000)
    expect(await live()).toBe('Live')
    server.process.kill('SIGSTOP')
    await page.clock.fastForward(41_000)
    await eventually(live).toBe('Not connected')
    server.process.kill('SIGCONT')
    await eventually(async () => {
      await page.clock.fastForward(4000)
      return live()
    }).toBe('Live')
    server.process.kill('SIGTERM')
    await server.ended
    await page.close()
    complaints.splice(0)
  })

  browserTest('a list that could not be read says why, and is read again', async () => {
    const address = await serve([])
    const page = await opened('about:blank')
    await page.route('**/api/runs*', route => route.abort())
    // the first notice of the stream would read the list again, without a click
    await page.route('**/api/changes*', () => {})
    await page.goto(address)
    await page.getByRole('alert').getByText('The server does not answer.').waitFor()
    expect(await page.getByText('No runs yet.').count()).toBe(0)
    await page.unroute('**/api/runs*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('No runs yet.').waitFor()
    await clean(page)
    // Chromium itself writes a line for each request that fails
    for (const line of complaints.splice(0)) expect(line).toContain('net::ERR_FAILED')
  })

  browserTest('a stream that is refused is opened again', async () => {
    const address = await serve([])
    const page = await opened('about:blank')
    let refused = 0
    await page.route('**/api/changes*', route => (refused++, route.fulfill({ status: 503 })), { times: 2 })
    await page.goto(address)
    await page.getByText('Not connected').waitFor()
    await eventually(() => page.locator('.live').textContent()).toBe('Live')
    expect(refused).toBe(2)
    // Chromium itself writes a line for each response but 200
    expect(complaints.splice(0)).toEqual([expect.stringContaining('503'), expect.stringContaining('503')])
  })
}
