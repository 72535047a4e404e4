import { Client, pullRuns } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import { serveJson } from '../support/serve.ts'
import { run } from '../support/watching.ts'

test('pullRuns names a run whose record in the list cannot be read', () =>
  run(
    Effect.gen(function* () {
      const odd = { object: 'fine_tuning.job', id: 'ftjob-odd', created_at: 'yesterday' }
      const origin = yield* serveJson(({ pathname }) => ({ data: pathname.endsWith('/jobs') ? [odd] : [] }))
      const client = yield* Client.make({ baseUrl: origin, dialect: 'openai' })
      const pulled = yield* Stream.runCollect(
        pullRuns(client, { knownRun: () => Effect.die('no run can be read') }),
      )
      const cannotBeRead: unknown = expect.stringContaining(': run "ftjob-odd" cannot be read (/')
      expect(pulled).toMatchObject([{ _tag: 'Failed', id: 'ftjob-odd', error: { message: cannotBeRead } }])
    }),
  ))
