import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { json } from 'node:stream/consumers'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import { afterAll, expect, test, vi } from 'vitest'
import { folderOfTests } from './runFinetune.ts'
import { runShell } from './runShell.ts'

const { folder, written } = folderOfTests()
const page = readFileSync(resolve(import.meta.dirname, '../../../docs/guide/watch-runs.md'), 'utf8')

/** The command that tells Slack, and the script that it runs. */
const [, command = '', name = '', script = ''] =
  /^```bash\n(finetune watch --exec .*)\n```\n\n```js\n\/\/ (\S+)\n(.*?)^```/ms.exec(page) ?? []

afterAll(() => vi.unstubAllEnvs())

test('the guide tells Slack of each run that ends, once', async () => {
  const told: Array<unknown> = []
  const slack = createServer((request, response) => {
    void json(request).then(body => {
      told.push({ method: request.method, type: request.headers['content-type'], body })
      response.end('ok')
    })
  })
  slack.listen(0, '127.0.0.1')
  await once(slack, 'listening')
  written(name, script)
  const ended = { jobs: 3, startsAt: 1_750_000_000, clock: () => 1_760_000_000 }
  const run = Effect.gen(function* () {
    const { baseUrl, key, lives } = yield* FakeService.make(ended)
    vi.stubEnv('OPENAI_BASE_URL', baseUrl)
    vi.stubEnv('OPENAI_API_KEY', key)
    vi.stubEnv('SLACK_WEBHOOK_URL', `http://127.0.0.1:${(slack.address() as AddressInfo).port}`)
    const until = `${command} --db ${join(folder, 'runs.db')} --until ended --settle 0`
    // the second watch finds nothing that was not told
    for (const _ of [1, 2])
      expect((yield* Effect.promise(() => runShell(until, folder))).output).not.toContain('--exec: ')
    return lives.map(({ id, states }) => `${id}: ${states.at(-1)?.value.status}`)
  })
  const texts = await Effect.runPromise(Effect.scoped(run))
  await new Promise(closed => slack.close(closed))
  expect(texts).toHaveLength(3)
  expect(told).toHaveLength(3)
  expect(told).toEqual(
    expect.arrayContaining(texts.map(text => ({ method: 'POST', type: 'application/json', body: { text } }))),
  )
})
