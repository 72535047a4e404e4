import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fineTuneResultCsv, simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import * as Effect from 'effect/Effect'
import { afterAll, expect, test } from 'vitest'
import { loadLedger } from '../../src/server/loadLedger.ts'

const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
afterAll(() => rmSync(folder, { recursive: true }))

const written = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const failure = (...paths: ReadonlyArray<string>) =>
  Effect.runPromise(Effect.map(Effect.flip(loadLedger(paths)), ({ message }) => message))

const loaded = (...paths: ReadonlyArray<string>) => Effect.runPromise(loadLedger(paths))

test('loadLedger says that there is no file, or that it is a folder', async () => {
  expect(await failure(join(folder, 'none'))).toBe(`${join(folder, 'none')}: no such file. Check the path.`)
  expect(await failure(folder)).toBe(`${folder}: is a folder. Pass a file.`)
})

test('loadLedger says that a file is empty', async () => {
  for (const content of ['', '\n', ' \r\n\r\n']) {
    const path = written('empty.ndjson', content)
    expect(await failure(path)).toBe(`${path}: empty. Pass a file with records.`)
  }
})

test('loadLedger says what is wrong with a file that has no good record', async () => {
  const latin = written('latin.ndjson', new Uint8Array([0x22, 0xe9, 0x22]))
  expect(await failure(latin)).toBe(
    `${latin}:1:2 not NDJSON: not UTF-8\n${latin}: no valid run, 1 records were rejected.`,
  )
})

test('loadLedger says that a file holds records of a run, but no run', async () => {
  const path = written('events.ndjson', toNdjson(simulateJobs()[0]?.events ?? []))
  expect(await failure(path)).toMatch(/no run, only records of it \(job-event\)/)
})

test('loadLedger reads the items of a list as records', async () => {
  const data = simulateJobs().map(({ snapshots }) => snapshots.at(-1))
  const path = written('list.ndjson', toNdjson([{ object: 'list', data, has_more: false }]))
  expect((await loaded(path)).runs.map(({ id }) => id)).toEqual(data.map(record => record?.id))
})

test('loadLedger joins the records of several files by run', async () => {
  const [first, second] = simulateRuns()
  const paths = [first, second].map((record, i) => written(`part-${i}.ndjson`, toNdjson([record])))
  const { sources, runs } = await loaded(...paths)
  expect(sources).toEqual(paths)
  expect(runs.map(({ snapshots }) => snapshots.length)).toEqual([2])
})

test('loadLedger joins a result file to the run that lists the id in its name, and makes curves of it', async () => {
  const [first, second] = [...Map.groupBy(simulateRuns(), ({ id }) => id).values()]
  const run = first?.at(-1)
  const runs = written('runs.ndjson', toNdjson([run, second?.at(-1)]))
  const results = written(`${run?.result_files[0]?.id}.csv`, run === undefined ? '' : fineTuneResultCsv(run))
  const ledger = await loaded(runs, results)
  expect(ledger.runs.map(({ summary }) => summary.train_loss !== null)).toEqual([true, false])
  const strange = written('strange.csv', run === undefined ? '' : fineTuneResultCsv(run))
  expect([...(await loaded(runs, strange)).unjoined]).toEqual([['result-file', 1]])
})

test('loadLedger says that a file is a training file', async () => {
  const row = {
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
    ],
  }
  const path = written('training.jsonl', toNdjson([row, row]))
  expect(await failure(path)).toMatch(/: a training file \(.*\), which holds no records\./)
})
