import { openStore } from '@finetune-kit/store'
import { Client, type PulledRun, pullRuns } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import { serve, serveJson } from '../support/serve.ts'
import { run } from '../support/watching.ts'

const queuedJob = {
  object: 'fine_tuning.job',
  id: 'ftjob-1',
  created_at: 1_750_000_000,
  model: 'gpt-4o-mini-2024-07-18',
  status: 'queued',
}

const knownRun = () => Effect.succeed({ items: () => Effect.succeed(new Set<string>()), snapshot: undefined })

test('pullRuns names a run whose record in the list cannot be read', () =>
  run(
    Effect.gen(function* () {
      const odd = { object: 'fine_tuning.job', id: 'ftjob-odd', created_at: 'yesterday' }
      const { id: _, ...nameless } = odd
      const data = [odd, nameless, null]
      const origin = yield* serveJson(({ pathname }) => ({ data: pathname.endsWith('/jobs') ? data : [] }))
      const client = yield* Client.make({ baseUrl: origin, dialect: 'openai' })
      const pulled = yield* Stream.runCollect(
        pullRuns(client, { knownRun: () => Effect.die('no run can be read') }),
      )
      expect(pulled).toMatchObject(data.map(() => ({ _tag: 'Failed' })))
      const messages = pulled.map(one => (one._tag === 'Failed' ? one.error.message : ''))
      expect(messages[0]).toContain(': run "ftjob-odd" cannot be read (/')
      expect(messages[1]).toContain(': a run cannot be read (/id: missing, expected string)')
      expect(messages[2]).toMatch(/: a run cannot be read \(.*, found null\)/)
    }),
  ))

test.each([
  ['another path, as by a gateway', 403, '{"message":"Missing Authentication Token"}'],
  ['a list of another vendor', 200, '{"results":[]}'],
  ['a page', 200, '<html></html>'],
  ['nothing that it has', 501, ''],
])('pullRuns reads the jobs of a service that takes legacy fine-tunes for %s', (_, status, body) =>
  run(
    Effect.gen(function* () {
      const origin = yield* serve(({ url = '' }, response) => {
        const [path = ''] = url.split('?')
        const data = path.endsWith('/jobs') ? [queuedJob] : []
        if (path.endsWith('/fine-tunes')) response.writeHead(status).end(body)
        else response.end(JSON.stringify({ object: 'list', data }))
      })
      const client = yield* Client.make({ baseUrl: origin, dialect: 'openai', retryDelay: 1 })
      expect(yield* Stream.runCollect(pullRuns(client, { knownRun }))).toMatchObject([
        { _tag: 'Pulled', id: queuedJob.id },
      ])
    }),
  ),
)

test('pullRuns tells equal legacy events apart that come later, for a store and for a file', () =>
  run(
    Effect.gen(function* () {
      const runId = `ft-${'0f'.repeat(16)}`
      const event = { object: 'fine-tune-event', created_at: 1001, level: 'info', message: 'Job started.' }
      const fineTune = {
        object: 'fine-tune',
        id: runId,
        created_at: 1000,
        updated_at: 1000,
        model: 'curie',
        status: 'running',
        hyperparams: {
          n_epochs: 4,
          batch_size: null,
          learning_rate_multiplier: null,
          prompt_loss_weight: 0.01,
        },
        training_files: [],
        events: null,
      }
      let count = 1
      const origin = yield* serveJson(({ pathname }) => {
        if (pathname.endsWith('/events')) return { data: Array.from({ length: count }, () => event) }
        if (pathname.endsWith(runId)) return fineTune
        return { data: pathname.endsWith('/fine-tunes') ? [fineTune] : [] }
      })
      const client = yield* Client.make({ baseUrl: origin, dialect: 'azure' })
      const store = yield* openStore({ db: ':memory:' })
      const pull = Effect.gen(function* () {
        const [pulled] = yield* Stream.runCollect(
          pullRuns(client, {
            knownRun: id =>
              Effect.map(store.lastRecord(id), snapshot => ({
                items: ids => store.knownItems(id, ids),
                snapshot,
              })),
          }),
        )
        const { observations, forStore } = pulled as Extract<PulledRun, { readonly _tag: 'Pulled' }>
        yield* store.append(forStore)
        const { resources } = yield* store.run({ id: runId })
        return { seen: observations.length, stored: resources.events?.length }
      })
      expect(yield* pull).toEqual({ seen: 2, stored: 1 })
      expect(yield* pull).toEqual({ seen: 0, stored: 1 })
      count = 3
      expect(yield* pull).toEqual({ seen: 2, stored: 3 })
      expect(yield* pull).toEqual({ seen: 0, stored: 3 })
    }),
  ))
