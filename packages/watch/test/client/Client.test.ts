import { FakeService, type Life } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Redacted from 'effect/Redacted'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { all, clientOf, messageOf } from '../support/client.ts'
import { serve, serveJson } from '../support/serve.ts'
import { run, startsAt } from '../support/watching.ts'

const end = () => startsAt + 1e6

describe('Client', () => {
  test.each(['openai', 'azure', 'compatible'] as const)('reads all of a service in the dialect %s', dialect =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 25, fineTunes: 3, startsAt, clock: end, dialect })
        const client = yield* clientOf(service.baseUrl, { dialect, key: Redacted.make(service.key) })
        const jobs = service.lives.filter(({ family }) => family === 'job')
        const found = yield* all(client.jobs)
        const order = dialect === 'compatible' ? jobs : jobs.toReversed()
        expect(found).toEqual(order.map(({ states }) => states.at(-1)?.value))
        for (const { id, events, checkpoints, states, files } of jobs.slice(0, 6)) {
          expect(yield* client.job(id)).toEqual(states.at(-1)?.value)
          const listed = yield* all(client.events(id))
          expect(dialect === 'compatible' ? listed : listed.toReversed()).toEqual(events)
          expect((yield* all(client.checkpoints(id))).length).toBe(checkpoints.length)
          for (const { value } of files) {
            expect(yield* client.file(value.record.id)).toEqual(value.record)
            expect(yield* client.content(value.record.id)).toBe(value.content)
          }
        }
        expect((yield* all(client.files)).length).toBe(service.lives.flatMap(life => life.files).length)
        if (dialect === 'azure') return
        const fineTunes = service.lives.filter(({ family }) => family === 'fine-tune')
        expect((yield* all(client.fineTunes)).map(found => (found as { readonly id: string }).id)).toEqual(
          fineTunes.map(({ id }) => id),
        )
        for (const { id, events, states } of fineTunes) {
          expect(yield* client.fineTune(id)).toEqual(states.at(-1)?.value)
          expect(yield* all(client.fineTuneEvents(id))).toEqual(events)
        }
        expect(yield* all(client.permissions('ft:gpt-4o:harbour-lab::abc'))).toEqual([])
      }),
    ),
  )

  test('reads every page whole through faults', () =>
    run(
      Effect.gen(function* () {
        const faults = { rate: 0.24, repeatedPages: 0.1 }
        const service = yield* FakeService.make({ jobs: 450, interval: 1, startsAt, clock: end, faults })
        const client = yield* clientOf(service.baseUrl, { attempts: 12 })
        const expected = service.lives.map(({ id }) => id).toSorted()
        for (let i = 0; i < 5; i++) {
          const found = yield* all(client.jobs)
          expect(found.map(job => (job as { id: string }).id).toSorted()).toEqual(expected)
        }
      }),
    ))

  test('returns an odd record of a list with its error, and the others', () =>
    run(
      Effect.gen(function* () {
        const good = { object: 'fine_tuning.job.event', id: 'e1', created_at: 1, level: 'info', message: 'm' }
        const odd = { ...good, id: 'e2', created_at: 'yesterday' }
        const extra = { ...good, id: 'e3', salt: [1] }
        const origin = yield* serveJson(() => ({ object: 'list', data: [good, odd, extra], has_more: false }))
        const client = yield* clientOf(`${origin}/v1`)
        const [page] = yield* Stream.runCollect(client.events('ftjob-1'))
        expect(page).toMatchObject([
          { _tag: 'Right', right: good },
          { _tag: 'Left', left: { value: odd, error: { issues: [{ path: ['created_at'] }] } } },
          { _tag: 'Right', right: extra },
        ])
      }),
    ))

  test('takes a list of a server that ignores the cursor and tells no has_more once', () =>
    run(
      Effect.gen(function* () {
        const data = [1, 2, 3].map(n => ({ id: `f${n}`, object: 'file' }))
        const origin = yield* serveJson(() => ({ object: 'list', data }))
        expect((yield* all((yield* clientOf(`${origin}/v1`)).files)).length).toBe(3)
      }),
    ))

  test('stops at a list that goes round in circles', () =>
    run(
      Effect.gen(function* () {
        let requests = 0
        const origin = yield* serveJson(() => {
          requests++
          return { object: 'list', data: [{ id: 'a' }, { id: 'b' }], has_more: true }
        })
        const client = yield* clientOf(`${origin}/v1`)
        expect(yield* messageOf(all(client.files))).toEqual([
          'PagesRepeat',
          `${origin}/v1/files: the same page is repeated, and says that there is more. It is asked again later.`,
        ])
        expect(requests).toBeLessThan(10)
      }),
    ))

  test('sends the key in the header of the dialect, and never follows a redirect', () =>
    run(
      Effect.gen(function* () {
        const carried: Array<unknown> = []
        const elsewhere = yield* serveJson((_, { headers }) => carried.push(headers))
        const origin = yield* serve(({ headers }, response) => {
          carried.push([headers.authorization, headers['api-key'], headers['openai-organization']])
          response.writeHead(302, { location: `${elsewhere}/v1/fine_tuning/jobs/a?x=1` }).end()
        })
        const options = { headers: { 'OpenAI-Organization': 'org-1' } }
        const openai = yield* clientOf(`${origin}/v1`, options)
        expect(yield* messageOf(openai.job('a'))).toEqual([
          'Redirected',
          `${origin}/v1/fine_tuning/jobs/a: redirects (302 to ${elsewhere}/v1/fine_tuning/jobs/a). Use the final address as the base URL; the key is not sent there.`,
        ])
        const within = yield* serve((_, response) => void response.writeHead(308, { location: '/v2' }).end())
        expect((yield* messageOf((yield* clientOf(within)).job('a')))[1]).toContain(`(308 to ${within}/v2)`)
        yield* Effect.flip((yield* clientOf(origin, { dialect: 'azure' })).job('a'))
        yield* Effect.flip((yield* clientOf(origin, { dialect: 'azure', isBearer: true })).job('a'))
        expect(carried).toEqual([
          ['Bearer sk-fake', undefined, 'org-1'],
          [undefined, 'sk-fake', undefined],
          ['Bearer sk-fake', undefined, undefined],
        ])
      }),
    ))

  test('waits for an answer no longer than the limit', () =>
    run(
      Effect.gen(function* () {
        const origin = yield* serve(() => undefined)
        const client = yield* clientOf(`${origin}/v1`, { timeout: 50, attempts: 2 })
        const [kind, message] = yield* messageOf(client.job('a'))
        expect(kind).toBe('TooSlow')
        expect(message).toContain('no answer within 0.05 seconds')
      }),
    ))

  test('waits a short Retry-After, and returns the time of a long one', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 1 })
        const client = yield* clientOf(service.baseUrl)
        const [{ id }] = service.lives as [Life]
        service.inject('rate-limited')
        const start = Date.now()
        expect((yield* client.job(id)).id).toBe(id)
        expect(Date.now() - start).toBeGreaterThan(900)
        service.inject('rate-limited-for-an-hour')
        const before = Date.now()
        const first = yield* Effect.flip(client.job(id))
        expect(first.kind).toBe('RateLimited')
        expect(first.notBefore).toBeGreaterThan(before + 3_590_000)
        const requests = service.requests()
        const second = yield* Effect.flip(client.job(id))
        expect(second.notBefore).toBe(first.notBefore)
        expect(service.requests()).toBe(requests)
      }),
    ))

  test('waits no longer than a day, whatever a Retry-After says', () =>
    run(
      Effect.gen(function* () {
        const origin = yield* serve((_, response) =>
          response.writeHead(429, { 'retry-after': String(7 * 86_400) }).end(),
        )
        const before = Date.now()
        const { notBefore = 0 } = yield* Effect.flip((yield* clientOf(`${origin}/v1`)).job('a'))
        expect(notBefore - before).toBeGreaterThanOrEqual(86_400_000)
        expect(notBefore - Date.now()).toBeLessThanOrEqual(86_400_000)
      }),
    ))

  test('tells what to do, without the key', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 1 })
        const { baseUrl } = service
        const wrong = yield* clientOf(baseUrl, { key: Redacted.make('sk-secret'), keyName: 'MY_KEY' })
        expect(yield* messageOf(wrong.job('a'))).toEqual([
          'Unauthorized',
          `${baseUrl}/fine_tuning/jobs/a: the key is refused (401: Incorrect API key provided). Put a key of this service into MY_KEY, or name another variable with --api-key-env.`,
        ])
        const origin = yield* serve((_, response) => {
          response.writeHead(401, { 'content-type': 'application/json' })
          response.end(
            JSON.stringify({ error: { message: 'no sk-fake, sk-f****ake\n\u001b[31m', type: 'x' } }),
          )
        })
        expect((yield* messageOf((yield* clientOf(origin)).job('a')))[1]).toContain(
          '(401: no …, … \\u001b[31m)',
        )
        for (const body of [
          { message: 'Nope' },
          { detail: 'Nope.' },
          { error: 'Nope' },
          { detail: [{ msg: 'x' }] },
        ]) {
          const other = yield* serve((_, response) => void response.writeHead(404).end(JSON.stringify(body)))
          const said = JSON.stringify(body).includes('Nope') ? '(404: Nope)' : '(404)'
          expect((yield* messageOf((yield* clientOf(other)).job('a')))[1]).toContain(`not there ${said}`)
        }
        const lost = yield* clientOf(new URL(baseUrl).origin)
        expect(yield* messageOf(lost.job('a'))).toEqual([
          'NotFound',
          `${new URL(baseUrl).origin}/fine_tuning/jobs/a: not there (404: Invalid URL (GET /fine_tuning/jobs/a)). Check the base URL, which often ends with /v1, and the id.`,
        ])
        const nobody = yield* clientOf('http://127.0.0.1:9/v1')
        expect(yield* messageOf(nobody.job('a'))).toEqual([
          'NoConnection',
          'http://127.0.0.1:9/v1/fine_tuning/jobs/a: no server answers at this address. Start the service, or check the base URL.',
        ])
        const page = yield* serve((_, response) => void response.end('<html>'))
        expect(yield* messageOf((yield* clientOf(page)).job('a'))).toEqual([
          'NotJson',
          `${page}/fine_tuning/jobs/a: it answers with HTML, not JSON. Check the base URL, which often ends with /v1.`,
        ])
      }),
    ))

  test.each(['..', 'a\ud800'])('refuses an id that no address can hold: %j', id =>
    run(
      Effect.gen(function* () {
        const client = yield* clientOf('http://127.0.0.1:9/v1')
        const refusal = ['BadOptions', `${JSON.stringify(id)}: not an id. Pass the id of a run.`]
        expect(yield* messageOf(client.job(id))).toEqual(refusal)
        expect(yield* messageOf(all(client.events(id)))).toEqual(refusal)
      }),
    ),
  )

  test('refuses a key that no header holds, such as the text of a file with its line break', () =>
    run(
      Effect.gen(function* () {
        const key = Redacted.make('sk-fake\n')
        const text = 'not a key. It holds spaces or control characters; copy the key again.'
        expect(yield* messageOf(clientOf('http://127.0.0.1:9/v1', { key }))).toEqual([
          'BadOptions',
          `key: ${text}`,
        ])
        expect(yield* messageOf(clientOf('http://127.0.0.1:9/v1', { key, keyName: 'LAB_KEY' }))).toEqual([
          'BadOptions',
          `LAB_KEY: ${text}`,
        ])
      }),
    ))
})
