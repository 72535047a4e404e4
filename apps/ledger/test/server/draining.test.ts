import { once } from 'node:events'
import { mkdtempSync, readdirSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { inProcess } from './inProcess.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()

test('an upload that ends while the server stops is refused, as nothing would import it', async () => {
  const uploads = mkdtempSync(join(folder, 'uploads-'))
  vi.stubEnv('TMPDIR', uploads)
  const server = await inProcess([])
  vi.unstubAllEnvs()
  const sent = request(`${server.url}/api/imports?name=jobs.ndjson`, {
    method: 'POST',
    headers: { origin: server.url, 'content-type': 'application/octet-stream' },
  })
  const answered = once(sent, 'response')
  sent.write('{"object":')
  const sizes = () =>
    readdirSync(uploads, { recursive: true, withFileTypes: true }).flatMap(file =>
      file.isFile() ? [statSync(join(file.parentPath, file.name)).size] : [],
    )
  await vi.waitFor(() => expect(sizes()).toEqual([10]), { timeout: 60_000 })
  const closed = server.close()
  sent.end('"fine_tuning.job"}')
  const [response] = await answered
  let body = ''
  for await (const piece of response) body += piece
  expect([response.statusCode, JSON.parse(body)]).toEqual([
    503,
    { error: { message: 'The server is stopping. Repeat the request when it runs again.' } },
  ])
  await closed
})
