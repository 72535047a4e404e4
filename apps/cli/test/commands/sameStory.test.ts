import { openStore } from '@finetune-kit/store'
import { Watcher } from '@finetune-kit/watch'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { folderOfTests, runFinetune } from '../runFinetune.ts'

const { finetune } = folderOfTests()

process.env['FAKE_KEY'] = 'sk-fake'

const startsAt = 1_750_000_000

/** The moments at which a service is read: when all runs are created, often, and after their end. */
const moments = [8, 120, 400, 700, 1000, 1300, 1600, 1e6]

// all are seen at the same second
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterAll(() => void vi.useRealTimers())

/** Makes all polls of a database due. */
const pollNow = (db: string) =>
  Effect.scoped(
    Effect.gen(function* () {
      const watcher = yield* Watcher.make(yield* openStore({ db }), { clientOf: () => Effect.never })
      for (const { watch } of yield* watcher.watches) yield* watcher.pollNow(watch)
    }),
  )

/** The stories of all runs of a database, whatever their order. */
const storiesOf = async (db: string): Promise<string> => {
  const { stdout } = await finetune(['log', '--db', db])
  return stdout
    .split(/^(?=run )/m)
    .toSorted()
    .join('')
}

/** Watches a service until a database tells these stories. */
const watchUntil = async (db: string, flags: ReadonlyArray<string>, stories: string): Promise<void> => {
  await Effect.runPromise(pollNow(db))
  const stop = new AbortController()
  const watching = runFinetune(['watch', '--db', db, ...flags], { signal: stop.signal })
  while ((await storiesOf(db)) !== stories) await new Promise(resolve => setTimeout(resolve, 50))
  stop.abort()
  expect(await watching).toMatchObject({ code: 0, stderr: '' })
}

describe('a life that is pulled into a database, or into a file, and one that is watched', () => {
  test.each([
    ['jobs', { jobs: 4 }],
    ['legacy fine-tunes', { jobs: 0, fineTunes: 4 }],
    ['jobs of Azure', { jobs: 4, dialect: 'azure' }],
    ['legacy fine-tunes of Azure', { jobs: 0, fineTunes: 8, dialect: 'azure' }],
    ['jobs of a compatible server', { jobs: 4, dialect: 'compatible' }],
  ] as const)('tell the same story: %s', async (name, options) => {
    let now = startsAt
    const service = FakeService.make({ startsAt, interval: 1, clock: () => now, ...options })
    await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const { baseUrl, lives } = yield* service
          const fileName = name.replaceAll(' ', '-')
          const [file, db, watched] = [`${fileName}.ndjson`, `${fileName}.db`, `${fileName}-watched.db`]
          const dialect = 'dialect' in options ? options.dialect : 'openai'
          const flags = ['--base-url', baseUrl, '--api-key-env', 'FAKE_KEY', '--dialect', dialect]
          for (const seconds of moments) {
            now = startsAt + seconds
            vi.setSystemTime(now * 1000)
            for (const args of [[file], ['--db', db]])
              expect(yield* Effect.promise(() => finetune(['pull', ...args, ...flags]))).toMatchObject({
                code: 0,
                stderr: '',
              })
            yield* Effect.promise(async () => watchUntil(watched, flags, await storiesOf(db)))
          }
          for (const { id, states } of lives) {
            const ofFile = yield* Effect.promise(() => finetune(['log', file, id]))
            const ofStore = yield* Effect.promise(() => finetune(['log', '--db', db, id]))
            expect(ofFile).toMatchObject({ code: 0, stderr: '' })
            const status = states.at(-1)?.value.status.replace('canceled', 'cancelled')
            expect(ofFile.stdout).toContain(`→ ${status}`)
            expect(ofStore).toEqual(ofFile)
          }
        }),
      ),
    )
  })
})
