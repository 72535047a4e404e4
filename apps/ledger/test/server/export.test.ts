import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Observation } from '@finetune-kit/model'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { formatByName, formats } from '@finetune-kit/serialization'
import { openStore, type Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RunList } from '../../src/api/runs.ts'
import { importFile, sample } from './importFiles.ts'
import { inProcess } from './inProcess.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()
const fineTunes = [...Map.groupBy(simulateRuns(), ({ id }) => id).values()]

let server: Awaited<ReturnType<typeof inProcess>>
beforeAll(async () => {
  server = await inProcess(sample)
})
afterAll(() => server.close())

const download = (query: string) => fetch(`${server.url}/api/export?${query}`)

const lastRecords = (store: Store) =>
  Effect.map(Stream.runCollect(store.lastRecords({ in: { kind: ['job'] } })), pages =>
    pages.flat().map(record => JSON.stringify(sorted(record))),
  )

/** Without nulls and the order of keys, which columns do not keep. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, item]) => item !== null)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, item]) => [key, sorted(item)]),
        )
      : value

test.each(formats.map(({ name }) => name))(
  'export writes the jobs in %s, to be imported again',
  async name => {
    const response = await download(`kind=job&format=${encodeURIComponent(name)}`)
    const file = `runs${formatByName(name)?.extensions[0]}`
    expect(response.status).toBe(200)
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${file}"`)
    writeFileSync(join(folder, file), new Uint8Array(await response.arrayBuffer()))
    const copied = Effect.scoped(
      Effect.gen(function* () {
        const store = yield* openStore({ db: ':memory:' })
        const report = yield* importFile(store, join(folder, file))
        return { report, records: yield* lastRecords(store) }
      }),
    )
    const { report, records } = await Effect.runPromise(copied)
    expect(report).toMatchObject({ added: simulateJobs().length, rejected: 0 })
    expect(new Set(records)).toEqual(new Set(await server.run(lastRecords(server.store))))
  },
)

const lines = async (query: string) =>
  (await (await download(query)).text())
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as { readonly id: string })

test('export writes the selected runs, or all observations of them', async () => {
  const { runs } = (await server.get('/api/runs?kind=fine-tune&limit=2')).body as RunList
  const keys = runs.map(({ key }) => `run=${key}`).join('&')
  expect(new Set((await lines(keys)).map(({ id }) => id))).toEqual(new Set(runs.map(({ id }) => id)))
  const observations = (await lines(`${keys}&what=observations`)) as unknown as ReadonlyArray<Observation>
  expect(Map.groupBy(observations, run => run.run_id).size).toBe(2)
  expect(observations).toHaveLength(
    runs.reduce((sum, { id }) => sum + (fineTunes.find(all => all[0]?.id === id)?.length ?? 0), 0),
  )
})

test.each(['csv', 'Event-Stream', 'messagepack', '.jsonl'])('export takes %s in any spelling', async name => {
  const response = await download(`kind=job&format=${name}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain(formatByName(name)?.mediaType)
  await response.body?.cancel()
})

test('the OpenAPI document lists the formats of an export', async () => {
  const { body } = await server.get('/openapi.json')
  const { paths } = body as { readonly paths: Readonly<Record<string, unknown>> }
  const names = JSON.stringify(formats.map(({ name }) => name))
  expect(JSON.stringify(paths['/api/export'])).toContain(`"enum":${names}`)
})

test('export refuses what one file cannot hold', async () => {
  const mixed = await download('format=CSV')
  expect([mixed.status, await mixed.json()]).toEqual([
    400,
    { error: { message: expect.stringMatching(/^format: a file of CSV holds one kind of record/) } },
  ])
  const word = await download('format=Word')
  expect([word.status, await word.json()]).toEqual([
    400,
    { error: { message: expect.stringMatching(/^format: expected JSON, .*CSV, .*found "/), path: 'format' } },
  ])
  expect((await download('format=Parquet&q=no-such-run')).status).toBe(400)
})

test('the server says which run a download has not all snapshots of', async () => {
  const { url, store, run, close } = await inProcess(sample)
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
  try {
    const [damaged] = (await run(store.runs({ limit: 1 }))).runs
    const name = damaged?.id ?? ''
    await run(
      store.sql`update entries set body = '' where run = (select run from runs where run_key = ${name})`,
    )
    const response = await fetch(`${url}/api/export?what=observations`)
    expect((await response.text()).length).toBeGreaterThan(0)
    expect(printed.mock.calls).toEqual([
      [
        `The export lacks snapshots of run "${name}": snapshot 1 of its history: the text is not JSON. Delete the run in the ledger, and import it again.`,
      ],
    ])
  } finally {
    printed.mockRestore()
    await close()
  }
})

test('the server says why a download is cut off', async () => {
  const big = { ...simulateRuns()[0], id: 'ft-big', more: 'x'.repeat(5 * 2 ** 20) }
  const file = join(folder, 'big.ndjson')
  writeFileSync(file, JSON.stringify(big))
  const { url, close } = await inProcess([file])
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
  try {
    await expect(fetch(`${url}/api/export?format=YAML`).then(response => response.text())).rejects.toThrow()
    expect(printed.mock.calls).toEqual([
      [
        'The export as YAML was cut off: ft-big cannot be written: longer than 4194304 characters, the longest document that is read. Export it in another format.',
      ],
    ])
    const whole = await fetch(`${url}/api/export?format=NDJSON`)
    expect((await whole.text()).length).toBeGreaterThan(5 * 2 ** 20)
  } finally {
    printed.mockRestore()
    await close()
  }
})
