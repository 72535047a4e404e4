import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { observationsOf, simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { started } from '../test/server/started.ts'
import { send, upload } from './client.ts'

const readers = 200

/** Seconds: a minute is the aim, and a short run finds most faults. */
const seconds = Number(process.env['LEDGER_SECONDS'] ?? 20)

const runs = Number(process.env['LEDGER_RUNS'] ?? 20_000)

/** Milliseconds between an answer and the next request of a reader: all of them ask every 20 ms. */
const pause = 4000

const jobs = simulateJobs().flatMap(({ snapshots }) => snapshots.slice(-1))

/** The last snapshots of many jobs, each with an id of its own. */
const many = (count: number): string =>
  toNdjson(
    Array.from({ length: count }, (_, i) =>
      Object.assign({}, jobs[i % jobs.length], { id: `ftjob-${i}`, created_at: 1_600_000_000 + i }),
    ),
  )

const paths = [
  '/api/runs',
  '/api/runs?status=failed&sort=finished_at',
  '/api/runs?q=gpt',
  '/api/facets',
  '/api/runs/ftjob-7',
  '/api/runs/ftjob-8/snapshots/0',
]

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

test(`${readers} readers and one importer for ${seconds} s: no error`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-readers-'))
  const file = join(folder, 'many.ndjson')
  writeFileSync(file, many(runs))
  const server = started([file], ['--db', join(folder, 'runs.db'), '--port', '0'])
  try {
    const url = await server.address
    const end = Date.now() + seconds * 1000
    const times: Array<number> = []
    const faults: Array<unknown> = []
    const read = async (reader: number) => {
      await sleep((reader / readers) * pause)
      for (let i = reader; Date.now() < end; i++) {
        const path = paths[i % paths.length] as string
        const from = performance.now()
        const { status, body } = await send(url, path)
        times.push(performance.now() - from)
        if (status !== 200) faults.push([path, status, body])
        await sleep(pause)
      }
    }
    let imports = 0
    const write = async () => {
      for (let seed = 1; Date.now() < end; seed++) {
        const { state } = await upload(url, `${seed}.ndjson`, toNdjson(observationsOf(simulateJobs(seed))))
        if (state === 'done') imports++
        else faults.push(['import', state])
      }
    }
    await Promise.all([write(), ...Array.from({ length: readers }, (_, reader) => read(reader))])
    times.sort((a, b) => a - b)
    const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0)
    process.stdout.write(
      `${JSON.stringify({ answers: times.length, imports, p50: at(0.5), p99: at(0.99), max: at(0.9999) })}\n`,
    )
    expect(faults).toEqual([])
    expect(imports).toBeGreaterThan(0)
    expect(times.length).toBeGreaterThan(readers)
  } finally {
    server.process.kill('SIGTERM')
    await server.ended
    rmSync(folder, { recursive: true })
  }
})
