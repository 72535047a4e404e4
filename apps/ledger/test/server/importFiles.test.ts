import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fineTuneResultCsv, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { openStore, type Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import { expect, test } from 'vitest'
import { importFile } from './importFiles.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()

const written = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const withStore = <A, E>(use: (store: Store) => Effect.Effect<A, E>): Promise<A> =>
  Effect.runPromise(Effect.scoped(Effect.flatMap(openStore({ db: ':memory:' }), use)))

const failure = (path: string) =>
  withStore(store => Effect.map(Effect.flip(importFile(store, path)), ({ message }) => message))

test('importFile says that there is no file, or that it is a folder', async () => {
  expect(await failure(join(folder, 'none'))).toBe(`${join(folder, 'none')}: no such file. Check the path.`)
  expect(await failure(folder)).toBe(`${folder}: is a folder. Pass a file.`)
})

test.each(['\u001b[2J', '\u202e', '\n'])('importFile says no name that a terminal obeys: %j', async name => {
  const file = written(`db${name}`, 'SQLite format 3\0')
  for (const path of [`none${name}`, file]) expect(await failure(path)).not.toMatch(/\p{C}/u)
})

test('importFile says that a file is a training file', async () => {
  const row = {
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
    ],
  }
  const path = written('training.jsonl', toNdjson([row, row]))
  expect(await failure(path)).toMatch(/: a training file \(.*\), which holds no records\./)
})

test('importFile reports the records that it cannot keep, with their lines', async () => {
  const path = written('some.ndjson', `${toNdjson(simulateRuns().slice(0, 1))}{"id":\n`)
  const report = await withStore(store => importFile(store, path))
  expect(report).toMatchObject({ name: path, added: 1, rejected: 1, rejects: [{ line: 2, raw: '{"id":' }] })
})

test('importFile reads the items of a list as records', async () => {
  const data = simulateJobs().map(({ snapshots }) => snapshots.at(-1))
  const path = written('list.ndjson', toNdjson([{ object: 'list', data, has_more: false }]))
  expect(await withStore(store => importFile(store, path))).toMatchObject({ added: data.length, rejected: 0 })
})

test('importFile joins a result file to the run that lists the id in its name', async () => {
  const [first, second] = [...Map.groupBy(simulateRuns(), ({ id }) => id).values()]
  const run = first?.at(-1)
  const results = run === undefined ? '' : fineTuneResultCsv(run)
  const runs = written('runs.ndjson', toNdjson([run, second?.at(-1)]))
  const named = written(`${run?.result_files[0]?.id}.csv`, results)
  const strange = written('strange.csv', results)
  await withStore(store =>
    Effect.gen(function* () {
      yield* importFile(store, runs)
      expect(yield* importFile(store, strange)).toMatchObject({
        items: 0,
        rejected: 1,
        rejects: [{ reason: expect.stringContaining('a result file that no run lists') }],
      })
      expect(yield* importFile(store, named)).toMatchObject({ items: 1, rejected: 0 })
      expect(yield* importFile(store, named)).toMatchObject({ items: 0, rejected: 0 })
      const { runs: rows } = yield* store.runs({ order: 'ascending' })
      expect(rows.map(({ id, summary }) => [id, summary.train_loss !== null])).toEqual(
        expect.arrayContaining([
          [run?.id, true],
          [second?.at(-1)?.id, false],
        ]),
      )
    }),
  )
})
