import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune } = folderOfTests()

process.env['FAKE_KEY'] = 'sk-fake'

const startsAt = 1_750_000_000

/** The moments at which a service is read: often while runs live, and once after their end. */
const moments = [5, 120, 400, 700, 1000, 1300, 1600, 1e6]

// both are seen at the same second
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterAll(() => void vi.useRealTimers())

describe('a life that is kept in a database and one that is kept in a file', () => {
  test.each([
    ['jobs', { jobs: 4 }],
    ['legacy fine-tunes', { jobs: 0, fineTunes: 4 }],
    ['jobs of Azure', { jobs: 4, dialect: 'azure' }],
    ['jobs of a compatible server', { jobs: 4, dialect: 'compatible' }],
  ] as const)('tell the same story: %s', (name, options) => {
    let now = startsAt
    const service = FakeService.make({ startsAt, interval: 1, clock: () => now, ...options })
    return Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const { baseUrl, lives } = yield* service
          const [file, db] = ['ndjson', 'db'].map(ending => `${name.replaceAll(' ', '-')}.${ending}`) as [
            string,
            string,
          ]
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
          }
          for (const { id, states } of lives) {
            const ofFile = yield* Effect.promise(() => finetune(['log', file, id]))
            const ofStore = yield* Effect.promise(() => finetune(['log', '--db', db, id]))
            expect(ofFile).toMatchObject({ code: 0, stderr: '' })
            expect(ofFile.stdout).toContain(`→ ${states.at(-1)?.value.status}`)
            expect(ofStore).toEqual(ofFile)
          }
        }),
      ),
    )
  })
})
