import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { simulateRuns } from '@finetune-kit/model/testing'
import { isSkipped, launch, patience } from './launch.ts'
import { answers } from './policy/answers.ts'

const bundleOf = async (name: string): Promise<string> => {
  const entry = fileURLToPath(new URL(`policy/${name}.ts`, import.meta.url))
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@finetune-kit/source', 'module', 'browser', 'development|production'] },
    build: { write: false, lib: { entry, formats: ['es'] } },
  })) as ReadonlyArray<Rolldown.RolldownOutput>
  return built[0]?.output[0].code ?? ''
}

const snapshots: ReadonlyArray<unknown> = JSON.parse(JSON.stringify(simulateRuns().slice(0, 20)))
const page = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<script src="/watch.js"></script><script type="module" src="/bundle.js"></script>`
const watch = `globalThis.violations = []
addEventListener('securitypolicyviolation', event => violations.push(event.blockedURI))`

interface Given {
  readonly given: string
  readonly violations: ReadonlyArray<string>
}

let [browser, servers]: [Browser | undefined, Record<string, Server>] = [undefined, {}]

beforeAll(async () => {
  if (isSkipped) return
  for (const name of ['told', 'untold']) {
    const files: Readonly<Record<string, string>> = {
      '/watch.js': watch,
      '/bundle.js': await bundleOf(name),
      '/snapshots.json': JSON.stringify(snapshots),
    }
    const server = createServer(({ url = '' }, response) => {
      response.setHeader('content-security-policy', "default-src 'self'; script-src 'self'; img-src data:")
      response.setHeader('content-type', url in files ? 'text/javascript' : 'text/html')
      response.end(files[url] ?? page)
    })
    servers[name] = server
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  }
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  for (const server of Object.values(servers)) server.close()
})

test.skipIf(isSkipped).each([
  ['told that code may not be generated', 'told', 0],
  ['told nothing', 'untold', 1],
] as const)("codec, under script-src 'self', %s, answers as ever", async (_, name, attempts) => {
  const { port } = (servers[name] as Server).address() as AddressInfo
  const opened = await (browser as Browser).newPage()
  await opened.goto(`http://127.0.0.1:${port}/`)
  // a violation is told after it has happened
  await opened.waitForFunction(
    count => 'given' in globalThis && (globalThis as unknown as Given).violations.length >= count,
    attempts,
    { timeout: patience },
  )
  const { given, violations } = await opened.evaluate(() => ({
    given: (globalThis as unknown as Given).given,
    violations: (globalThis as unknown as Given).violations,
  }))
  expect(given).toBe(answers(snapshots))
  expect(violations).toEqual(Array.from({ length: attempts }, () => 'eval'))
})
