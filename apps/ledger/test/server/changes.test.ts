import { request } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import { openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import { expect, test } from 'vitest'
import { ChangeNotice } from '../../src/api/changes.ts'
import { importFile, sample } from './importFiles.ts'
import { inProcess } from './inProcess.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()

/** Reads the live changes of a server, one notice a call. */
const follow = async (url: string, lastId?: string) => {
  const sent = request(`${url}/api/changes`, {
    headers: lastId === undefined ? {} : { 'last-event-id': lastId },
  })
  sent.end()
  const [response] = await once(sent, 'response')
  let text = ''
  // a notice that comes between two calls is kept, too
  response.on('data', (chunk: Buffer) => (text += String(chunk)))
  const next = async (): Promise<{ id: string; notice: ChangeNotice }> => {
    for (;;) {
      text = text.replaceAll(/event: watches\ndata: .*\n\n/g, '')
      const [, id, data, rest] = /^id: (\d+)\nevent: changes\ndata: (.*)\n\n([^]*)$/.exec(text) ?? []
      if (id !== undefined && data !== undefined) {
        text = rest ?? ''
        const notice: unknown = JSON.parse(data)
        expect(ChangeNotice.is(notice)).toBe(true)
        return { id, notice: notice as ChangeNotice }
      }
      await once(response, 'data')
    }
  }
  return { next, headers: response.headers, close: () => sent.destroy() }
}

test('changes tells of changes by this process and by others, and resumes after an id', async () => {
  const db = join(folder, 'runs.db')
  const server = await inProcess(sample.slice(0, 1), { db })
  const live = await follow(server.url)
  expect(live.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const first = await live.next()
  expect(first.notice).toMatchObject({ runs: [], deleted: [], complete: true })

  const [row] = (await server.run(server.store.runs({ limit: 1 }))).runs
  const name = { id: row?.id ?? '', born: row?.born ?? 0 }
  await server.run(server.store.edit(name, { note: 'here' }))
  const own = await live.next()
  expect(own.notice.runs).toMatchObject([{ id: name.id, note: 'here' }])
  expect(Number(own.id)).toBe(own.notice.seq)

  const other = Effect.scoped(
    Effect.flatMap(openStore({ db }), store => store.edit(name, { note: 'elsewhere' })),
  )
  await Effect.runPromise(other)
  expect((await live.next()).notice.runs).toMatchObject([{ id: name.id, note: 'elsewhere' }])
  live.close()

  await server.run(server.store.delete(name))
  await server.run(importFile(server.store, sample[1] as string))
  const resumed = await follow(server.url, own.id)
  const { notice } = await resumed.next()
  expect(notice.deleted).toEqual([`${name.id}~${name.born}`])
  expect(notice.runs.every(({ kind }) => kind === 'fine-tune')).toBe(true)
  expect(notice.runs.length).toBeGreaterThan(5)
  expect(notice.complete).toBe(true)
  resumed.close()

  const lost = await follow(server.url, '99999999')
  expect((await lost.next()).notice).toMatchObject({ runs: [], complete: false })
  lost.close()
  await server.close()
})
