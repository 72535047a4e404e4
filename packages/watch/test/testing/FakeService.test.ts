import { FakeService, type Life } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import OpenAI, { AzureOpenAI } from 'openai'
import LegacyOpenAI from 'openai-legacy'
import { describe, expect, test } from 'vitest'

const startsAt = 1_750_000_000
const afterAll = startsAt + 1e6

/** Runs a test against a new service. */
const withService = <A>(
  options: FakeService.FakeServiceOptions,
  run: (service: FakeService.FakeService) => Promise<A>,
): Promise<A> =>
  Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(FakeService.make({ startsAt, clock: () => afterAll, ...options }), service =>
        Effect.promise(() => run(service)),
      ),
    ),
  )

const collect = async <A>(items: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const all: Array<A> = []
  for await (const item of items) all.push(item)
  return all
}

const idsOf = (records: ReadonlyArray<unknown>): ReadonlyArray<string> =>
  records.map(record => (record as { readonly id: string }).id)

/** The jobs in the order of their list: newest first. */
const jobsOf = (lives: ReadonlyArray<Life>) => lives.filter(({ family }) => family === 'job').toReversed()

const livesOf = (seed: number): Promise<ReadonlyArray<Life>> =>
  withService({ seed, jobs: 4, fineTunes: 4 }, ({ lives }) => Promise.resolve(lives))

/** Reads everything about all jobs with the official client. */
const readJobs = async (client: OpenAI) => {
  const jobs = await collect(client.fineTuning.jobs.list({ limit: 5 }))
  return Promise.all(
    jobs.map(async ({ id }) => ({
      job: await client.fineTuning.jobs.retrieve(id),
      events: await collect(client.fineTuning.jobs.listEvents(id, { limit: 7 })),
      checkpoints: await collect(client.fineTuning.jobs.checkpoints.list(id, { limit: 1 })),
    })),
  )
}

describe('the official client', () => {
  test('lists, retrieves and pages jobs, events, checkpoints and files', () =>
    withService({ jobs: 12 }, async ({ baseUrl, key, lives }) => {
      const client = new OpenAI({ baseURL: baseUrl, apiKey: key, maxRetries: 0 })
      const found = await readJobs(client)
      const expected = jobsOf(lives)
      expect(idsOf(found.map(({ job }) => job))).toEqual(idsOf(expected))
      found.forEach(({ job, events, checkpoints }, i) => {
        const life = expected[i] as Life
        expect(job).toMatchObject(life.states.at(-1)?.value as object)
        expect(idsOf(events)).toEqual(idsOf(life.events.toReversed()))
        expect(idsOf(checkpoints)).toEqual(idsOf(life.checkpoints.toReversed()))
      })
      const files = lives.flatMap(life => life.files)
      expect(files.length).toBeGreaterThan(3)
      for (const { value } of files) {
        expect(await client.files.retrieve(value.record.id)).toMatchObject(value.record)
        expect(await (await client.files.content(value.record.id)).text()).toBe(value.content)
      }
      expect((await collect(client.files.list({ limit: 2 }))).length).toBe(files.length)
    }))

  test('reads Azure in both forms of its paths', () =>
    withService({ jobs: 6, dialect: 'azure' }, async ({ baseUrl, key, lives }) => {
      const endpoint = new URL(baseUrl).origin
      const old = new AzureOpenAI({ endpoint, apiKey: key, apiVersion: '2024-10-21', maxRetries: 0 })
      const current = new OpenAI({ baseURL: `${baseUrl}/v1`, apiKey: key, maxRetries: 0 })
      for (const client of [old, current]) {
        const found = await readJobs(client)
        expect(idsOf(found.map(({ job }) => job))).toEqual(idsOf(jobsOf(lives)))
      }
      await expect(
        fetch(`${baseUrl}/fine_tuning/jobs`, { headers: { 'api-key': key } }),
      ).resolves.toMatchObject({ status: 404 })
    }))

  test('of 2023 lists fine-tunes and streams their events', () =>
    withService({ jobs: 0, fineTunes: 8 }, async ({ baseUrl, key, lives }) => {
      const client = new LegacyOpenAI({ baseURL: baseUrl, apiKey: key, maxRetries: 0 })
      const list = await collect(client.fineTunes.list())
      expect(idsOf(list)).toEqual(idsOf(lives))
      expect(list.some(run => run.events !== undefined)).toBe(false)
      for (const { id, events } of lives) {
        expect((await client.fineTunes.retrieve(id)).events).toEqual(events)
        expect((await client.fineTunes.listEvents(id)).data).toEqual(events)
        expect(await collect(await client.fineTunes.listEvents(id, { stream: true }))).toEqual(events)
      }
    }))

  test('is refused with a wrong key', () =>
    withService({}, async ({ baseUrl }) => {
      const client = new OpenAI({ baseURL: baseUrl, apiKey: 'sk-other', maxRetries: 0 })
      await expect(client.fineTuning.jobs.list()).rejects.toMatchObject({ status: 401 })
    }))
})

describe('FakeService', () => {
  test('shows only what is written at its time', async () => {
    let now = startsAt
    await withService({ jobs: 3, clock: () => now }, async ({ baseUrl, key, lives }) => {
      const client = new OpenAI({ baseURL: baseUrl, apiKey: key, maxRetries: 0 })
      const [first] = lives as [Life]
      expect(idsOf(await collect(client.fineTuning.jobs.list()))).toEqual([first.id])
      for (const { at, value } of first.states) {
        now = at
        expect((await client.fineTuning.jobs.retrieve(first.id)).status).toBe(value.status)
        const events = await collect(client.fineTuning.jobs.listEvents(first.id, { limit: 100 }))
        expect(events.every(event => event.created_at <= at)).toBe(true)
      }
    })
  })

  test('makes the same lives of the same seed', async () => {
    expect(await livesOf(7)).toEqual(await livesOf(7))
    expect(idsOf(await livesOf(7))).not.toEqual(idsOf(await livesOf(8)))
  })

  test('spoils answers on demand, and as often as it is told', () =>
    withService({ jobs: 2 }, async ({ baseUrl, key, inject, lives }) => {
      const [life] = lives as [Life]
      const path = `${baseUrl}/fine_tuning/jobs/${life.id}/events?limit=100`
      const get = (url = path) => fetch(url, { headers: { authorization: `Bearer ${key}` } })
      const dataOf = async (url?: string) =>
        ((await (await get(url)).json()) as { readonly data: ReadonlyArray<{ readonly id: string }> }).data
      inject('dropped')
      await expect(get()).rejects.toThrow()
      inject('dropped-in-body')
      await expect(get().then(response => response.text())).rejects.toThrow()
      const retryAfter = async () => {
        const response = await get()
        return [response.status, response.headers.get('retry-after')]
      }
      inject('rate-limited')
      expect(await retryAfter()).toEqual([429, '1'])
      inject('rate-limited-until')
      expect(await retryAfter()).toEqual([429, expect.stringMatching(/GMT$/)])
      inject('rate-limited-for-an-hour')
      expect(await retryAfter()).toEqual([429, '3600'])
      for (const [fault, status] of [
        ['server-error', 500],
        ['bad-gateway', 502],
        ['html', 200],
        ['unauthorized', 401],
        ['vanished', 404],
      ] as const) {
        inject(fault, { path: /events/ })
        expect((await get()).status).toBe(status)
      }
      inject('truncated')
      await expect(get().then(response => response.json())).rejects.toThrow(SyntaxError)
      const ids = idsOf(life.events)
      inject('other-order')
      expect(idsOf(await dataOf())).toEqual(ids)
      inject('twice')
      expect(idsOf(await dataOf())).toEqual(ids.toReversed().flatMap(id => [id, id]))
      inject('shuffled')
      expect(idsOf(await dataOf()).toSorted()).toEqual(ids.toSorted())
      inject('repeated-page')
      expect(idsOf(await dataOf(`${path}&after=${ids.at(-1)}`))).toEqual(ids.toReversed())
      inject('huge')
      const { body } = await get()
      let bytes = 0
      for await (const chunk of body ?? []) bytes += chunk.length
      expect(bytes).toBeGreaterThan(200e6)
      expect(idsOf(await dataOf())).toEqual(ids.toReversed())
    }))

  test('spoils a share of all answers', () =>
    withService({ jobs: 1, faults: { rate: 0.25, kinds: ['server-error'] } }, async ({ baseUrl, key }) => {
      const headers = { authorization: `Bearer ${key}` }
      let failed = 0
      for (let i = 0; i < 200; i++)
        if ((await fetch(`${baseUrl}/fine_tuning/jobs`, { headers })).status === 500) failed++
      expect(failed).toBeGreaterThan(25)
      expect(failed).toBeLessThan(80)
    }))
})
