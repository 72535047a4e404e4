import { once } from 'node:events'
import { Agent, request } from 'node:http'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import { giveTurns } from '../../src/server/takeTurns.ts'
import { sample } from './importFiles.ts'
import { started } from './started.ts'

const clients = 40

test('new connections are answered while others ask without a pause', async () => {
  const server = started(sample)
  const url = await server.address
  const agents = Array.from({ length: 2 * clients }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
  let count = 0
  const ask = async (agent?: Agent) => {
    // each URL is another one, so that each answer takes its time
    const sent = request(`${url}/api/facets?q=${count++}`, { agent })
    sent.end()
    const [response] = await once(sent, 'response')
    for await (const _ of response);
  }
  const [old, fresh] = [agents.slice(0, clients), agents.slice(clients)]
  try {
    for (const agent of old) await ask(agent)
    const end = new AbortController()
    let others = 0
    const busy = old.map(async agent => {
      for (; !end.signal.aborted; others++) await ask(agent)
    })
    await Promise.all(fresh.map(ask))
    end.abort()
    await Promise.all(busy)
    // one new connection for every answer to each of the others would be clients * clients / 2
    expect(others).toBeLessThan((clients * clients) / 4)
  } finally {
    for (const agent of agents) agent.destroy()
    server.process.kill('SIGTERM')
    await server.ended
  }
})

test('others have a turn before each page of a stream', async () => {
  const [pages, seen]: [number, Array<number>] = [20, []]
  let turns = 0
  const count = (): void => {
    turns++
    if (seen.length < pages) setImmediate(count)
  }
  setImmediate(count)
  const all = giveTurns(Stream.range(1, pages))
  await Effect.runPromise(Stream.runForEach(all, () => Effect.sync(() => seen.push(turns))))
  expect(new Set(seen).size).toBe(pages)
})
