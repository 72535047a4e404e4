import { describe, expect, test, vi } from 'vitest'
import { databases } from '@finetune-kit/checks/databases'
import { fakeService, key, ledgers, refusal } from './watchingLedger.ts'

const { service, bound } = fakeService()

describe.each(databases)('watching on $name', database => {
  const ledger = ledgers(database)

  test('a connection is tested, added, watched whole, and removed; its runs stay', async () => {
    const { send, connections, watches, get } = await ledger([bound()])
    const keys = [{ name: 'FAKE_KEY', base_url: service().baseUrl }]
    expect(await connections()).toEqual({ connections: [], next: null, keys })
    expect(await send('POST', '/api/connections/test', key)).toEqual({
      status: 200,
      body: { ok: true, message: '3 jobs found' },
    })
    expect(await connections()).toEqual({ connections: [], next: null, keys })
    const added = await send('POST', '/api/connections', key)
    const connection = {
      id: 1,
      base_url: service().baseUrl,
      dialect: 'compatible',
      api_version: null,
      key_name: 'FAKE_KEY',
      problem: null,
      not_before: null,
      runs: { active: 0, paused: 0, stopped: 0, ended: 0 },
    }
    expect(added).toEqual({ status: 201, body: connection })
    expect(await send('POST', '/api/connections', key)).toEqual(added)
    const all = await send('POST', '/api/watches', { connection: 1 })
    expect(all).toMatchObject({ status: 201, body: { run_id: null, state: 'active', fault: null } })
    const stored = async () => ((await get('/api/runs')).body as { matched: number }).matched
    await vi.waitFor(async () => expect(await stored()).toBe(3), { timeout: 200_000, interval: 200 })
    const [life] = service().lives
    const [run] = await watches(`?run_id=${life?.id}&connection=1`)
    expect(run).toMatchObject({ connection: 1, run_id: life?.id, fault: null, status: 'succeeded' })
    const [first] = await watches('?limit=1')
    expect((await watches(`?before=${first?.id}`)).length).toBe((await watches()).length - 1)
    expect((await watches('?run_id=')).map(({ run_id }) => run_id)).toEqual([null])
    expect(await send('DELETE', '/api/connections/1')).toEqual({ status: 204, body: undefined })
    expect(await send('DELETE', '/api/connections/1')).toEqual(
      refusal(404, 'connection 1: not there. Look at /api/connections.'),
    )
    expect([await watches(), await stored()]).toEqual([[], 3])
  })

  test('a connection tells until when its service wants no polls', async () => {
    const { send, connections, run, store } = await ledger([bound()])
    await send('POST', '/api/connections', key)
    const waiting = async (until: number) => {
      await run(store.sql`update connections set not_before = ${until}`)
      return (await connections()).connections[0]?.not_before
    }
    const soon = Date.now() + 3_600_000
    expect(await waiting(soon)).toBe(soon / 1000)
    expect(await waiting(soon - 7_200_000)).toBeNull()
  })

  test('a watch is paused, resumed, polled at once and stopped', async () => {
    const { send, watches } = await ledger([bound()])
    await send('POST', '/api/connections', key)
    await send('POST', '/api/watches', { connection: 1 })
    const polled = async () => (await watches('?run_id='))[0]?.last_poll_at ?? 0
    await vi.waitFor(async () => expect(await polled()).toBeGreaterThan(0), { timeout: 200_000 })
    const edit = (state: string) => send('PATCH', '/api/watches/1', { state })
    expect(await edit('paused')).toMatchObject({ status: 200, body: { state: 'paused', next_poll_at: null } })
    expect(await edit('paused')).toMatchObject({ status: 200 })
    expect(await send('POST', '/api/watches/1/poll')).toEqual(
      refusal(409, 'watch 1: it is paused, and cannot be polled. Resume it first.'),
    )
    expect((await watches('?state=paused')).map(({ id }) => id)).toEqual([1])
    const before = await polled()
    expect(await edit('active')).toMatchObject({
      body: { state: 'active', next_poll_at: expect.any(Number) },
    })
    await vi.waitFor(async () => expect(await polled()).toBeGreaterThan(before), { timeout: 200_000 })
    const again = await polled()
    expect((await send('POST', '/api/watches/1/poll')).status).toBe(200)
    await vi.waitFor(async () => expect(await polled()).toBeGreaterThan(again), { timeout: 200_000 })
    expect(await edit('stopped')).toMatchObject({ body: { state: 'stopped', next_poll_at: null } })
    expect(await edit('paused')).toEqual(
      refusal(409, 'watch 1: it is stopped, and cannot be paused. Resume it first.'),
    )
    const [life] = service().lives
    const run = { connection: 1, run_id: life?.id }
    const { body } = await send('POST', '/api/watches', run)
    expect((await send('POST', '/api/watches', run)).body.id).toBe(body.id)
  })

  test('changes tells of watches that another process has changed', async () => {
    const { url, run, store, send } = await ledger([])
    const { sql } = store
    await run(
      sql`insert into connections ${sql.insert({
        base_url: service().baseUrl,
        dialect: 'openai',
        api_version: '',
        key_name: 'OTHER_KEY',
        created_at: 1,
      })}`,
    )
    const { body } = await fetch(`${url}/api/changes`)
    const reader = (body as ReadableStream<Uint8Array>).getReader()
    let text = ''
    const told = async (count: number) => {
      while (text.split('event: watches').length <= count) {
        const { value } = await reader.read()
        text += Buffer.from(value ?? []).toString()
      }
    }
    await told(1)
    await send('POST', '/api/watches', { connection: 1 })
    await told(2)
    await run(sql`update watches set state = 'paused', poll = poll + 1`)
    await told(3)
    await reader.cancel()
  })

  test('a refused key pauses the watch, and the reason is told without the key', async () => {
    const { send, watches } = await ledger([`WRONG_KEY=${service().baseUrl}`])
    const wrong = { key_name: 'WRONG_KEY' }
    const tested = await send('POST', '/api/connections/test', wrong)
    expect(tested.body).toEqual({ ok: false, message: expect.stringContaining('the key is refused (401') })
    await send('POST', '/api/connections', wrong)
    await send('POST', '/api/watches', { connection: 1 })
    await vi.waitFor(async () => expect((await watches())[0]?.state).toBe('paused'), { timeout: 200_000 })
    expect((await watches())[0]?.fault).toContain('the key is refused (401')
    const before = (await watches())[0]?.last_poll_at ?? 0
    expect(await send('POST', '/api/connections/1/resume')).toMatchObject({ status: 200, body: { id: 1 } })
    await vi.waitFor(
      async () =>
        expect((await watches())[0]).toMatchObject({
          state: 'paused',
          last_poll_at: expect.toSatisfy(at => at > before),
        }),
      { timeout: 200_000 },
    )
    expect(await send('POST', '/api/connections/9/resume')).toEqual(refusal(404, /^connection 9: not there/))
  })

  test('a watch is refused where it makes no sense', async () => {
    const { send } = await ledger([bound()])
    await send('POST', '/api/connections', key)
    for (const [method, path, body, answer] of [
      ['POST', '/api/watches', { connection: 7 }, refusal(404, /^connection 7: not there/)],
      ['POST', '/api/watches', { connection: 'x' }, refusal(400, /^\/connection: expected integer/)],
      ['POST', '/api/watches', { connection: 1, run_id: '' }, refusal(400, /^run_id: not an id/)],
      ['POST', '/api/watches', { connection: 1, run_id: '..' }, refusal(400, /^run_id: not an id/)],
      ['PATCH', '/api/watches/9', { state: 'paused' }, refusal(404, /^watch 9: not there/)],
      ['PATCH', '/api/watches/9', { state: 'ended' }, refusal(400, /^\/state: /)],
      ['POST', '/api/watches/9/poll', {}, refusal(404, /^watch 9: not there/)],
      ['PATCH', '/api/watches/x', { state: 'paused' }, refusal(400, /^id: /)],
    ] as const)
      expect([path, await send(method, path, body)]).toMatchObject([path, answer])
    for (const query of ['state=other', 'before=0', 'limit=0', 'connection=x'])
      expect((await send('GET', `/api/watches?${query}`)).status).toBe(400)
  })
})
