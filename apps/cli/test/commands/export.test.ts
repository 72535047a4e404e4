import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync } from 'node:zlib'
import { observationsOf, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import { beforeAll, expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { folder, finetune, written, content } = folderOfTests()

const listed = async (...args: ReadonlyArray<string>) =>
  JSON.parse(
    (await finetune(['runs', '--limit', '1000', '--format', 'json', ...args])).stdout,
  ) as ReadonlyArray<Record<string, unknown>>

beforeAll(async () => {
  const records = [...observationsOf(simulateJobs()), ...simulateRuns()]
  const { code } = await finetune(['import', written('records.ndjson', toNdjson(records)), '--db', 'a.db'])
  expect(code).toBe(0)
})

test('export does not replace the database that it reads', async () => {
  const kept = await listed('--db', 'a.db')
  expect(await finetune(['export', 'a.db', '--db', 'a.db'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'a.db: is the input, which would be lost. Pass another file.\n',
  })
  expect(kept.length).toBeGreaterThan(0)
  expect(await listed('--db', 'a.db')).toEqual(kept)
})

test('export writes what an import makes an equal database of', async () => {
  expect(await finetune(['export', 'all.ndjson', '--db', 'a.db'])).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  })
  expect((await finetune(['import', '-', '--db', 'b.db'], content('all.ndjson'))).code).toBe(0)
  expect(await listed('--db', 'b.db', '--sort', 'id')).toEqual(await listed('--db', 'a.db', '--sort', 'id'))
  const { stdout } = await finetune(['export', '--db', 'b.db'])
  expect(stdout.split('\n').toSorted()).toEqual(content('all.ndjson').split('\n').toSorted())
})

test('export, log and report say which history is damaged, and end with 1', async () => {
  const [{ id } = { id: '' }] = simulateJobs()
  await finetune(['import', '-', '--db', 'damaged.db'], toNdjson(observationsOf(simulateJobs())))
  const database = new DatabaseSync(join(folder, 'damaged.db'))
  database
    .prepare("update entries set body = '' where n = 1 and run = (select run from runs where run_key = ?)")
    .run(id)
  database.close()
  const stderr = `damaged.db: run "${id}": snapshot 2 of its history: the text is not JSON. Delete the run in the ledger, and import it again.\n`
  for (const args of [['export', 'rest.ndjson'], ['log'], ['log', id], ['report', '--output', 'rest.html']])
    expect(await finetune([...args, '--db', 'damaged.db']), args.join(' ')).toMatchObject({ code: 1, stderr })
  expect(await finetune(['import', 'rest.ndjson', '--db', 'rest.db'])).toMatchObject({ code: 0 })
  expect(await listed('--db', 'rest.db')).toHaveLength((await listed('--db', 'damaged.db')).length)
})

test('export compresses a file by its name, and gives no other format its name', async () => {
  const whole = (await finetune(['export', '--db', 'a.db'])).stdout
  expect(await finetune(['export', 'all.ndjson.gz', '--db', 'a.db'])).toMatchObject({ code: 0, stderr: '' })
  expect(gunzipSync(readFileSync('all.ndjson.gz')).toString()).toBe(whole)
  for (const name of ['all.parquet', 'all.csv.zst'])
    expect(await finetune(['export', name, '--db', 'a.db'])).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(`^${name}: the name of a file of \\w+, and NDJSON is written\\. Pass one that ends in`),
      ),
    })
})

test('export hides organizations by --redact, and brings the words of the user', async () => {
  const store = Effect.scoped(
    Effect.flatMap(openStore({ db: join(folder, 'a.db') }), store =>
      Effect.gen(function* () {
        const [first] = (yield* store.runs()).runs
        yield* store.edit({ id: first?.id ?? '' }, { tags: ['best'], note: 'for org-secret' })
      }),
    ),
  )
  await Effect.runPromise(store)
  const open = await finetune(['export', '--db', 'a.db'])
  expect(open.stdout).toContain('org-secret')
  expect(open.stdout).toContain('"tags":["best"]')
  const { stdout } = await finetune(['export', '--db', 'a.db', '--redact'])
  expect(stdout).toContain('for org-…')
  expect(stdout).not.toMatch(/org-[a-zA-Z]/)
  expect((await finetune(['import', '-', '--db', 'c.db'], open.stdout)).code).toBe(0)
  expect((await listed('--db', 'c.db', '--text', 'org-secret')).map(({ tags }) => tags)).toEqual([['best']])
})
