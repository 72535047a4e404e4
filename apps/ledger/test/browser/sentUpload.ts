import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { onTestFinished } from 'vitest'
import { browserTest, drop, eventually, opened } from './chromium.ts'
import { newPath, serve } from './servers.ts'

/** The test of an upload that the server has, and has not answered yet. */
export const sentUpload = (): void => {
  browserTest('Runs cancels an import whose number is on its way', async () => {
    const [isTaken, mayAnswer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const pipe = newPath('before.ndjson')
    execFileSync('mkfifo', [pipe])
    const url = await serve([], ':memory:', { flags: [pipe] })
    const writer = await open(pipe, 'w')
    onTestFinished(() => writer.close())
    const slow = createServer(({ url: path = '', method, headers }, answer) => {
      answer.req.pipe(
        request(`${url}${path}`, { method, headers }, async found => {
          if (method === 'POST') await (isTaken.resolve(), mayAnswer.promise)
          found.pipe(answer.writeHead(found.statusCode ?? 500, found.headers))
        }),
      )
    }).listen(0, '127.0.0.1')
    onTestFinished(() => (slow.closeAllConnections(), void slow.close()))
    await once(slow, 'listening')
    const page = await opened(`http://127.0.0.1:${(slow.address() as AddressInfo).port}`)
    await drop(page, ['sent.ndjson', toNdjson(simulateJobs()[0]?.snapshots ?? [])])
    await isTaken.promise
    const line = page.locator('.imports > ul > li', { hasText: 'sent.ndjson' })
    await line.getByRole('button', { name: 'Cancel' }).click()
    await line.getByText('Cancelled.').waitFor()
    mayAnswer.resolve()
    const state = async () => (await (await fetch(`${url}/api/imports/2`)).json()).state
    await eventually(state).toBe('cancelled')
  })
}
