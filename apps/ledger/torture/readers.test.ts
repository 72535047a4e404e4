import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databases } from '@finetune-kit/checks/databases'
import { observationsOf, simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { started } from '../test/server/started.ts'
import { send, upload } from './client.ts'

const readers = 200

/** Seconds of reading. A shorter run finds most faults. */
const seconds = Number(process.env['LEDGER_SECONDS'] ?? 60)

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

test.each(databases)(
  `${readers} readers and one importer for ${seconds} s: no error on $name`,
  async ({ make }) => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-readers-'))
    const file = join(folder, 'many.ndjson')
    writeFileSync(file, many(runs))
    const { options, remove } = make()
    const { db, databaseUrl = '' } = options
    const flags = db === undefined ? [] : ['--db', db]
    const server = started([file], [...flags, '--port', '0'], { DATABASE_URL: databaseUrl })
    try {
      const url = await server.address
      const end = Date.now() + seconds * 1000
      const times: Array<number> = []
      const faults: Array<unknown> = []
      /** Asks until the end, and returns the number of answers. */
      const read = async (reader: number) => {
        await sleep((reader / readers) * pause)
        let answers = 0
        for (; Date.now() < end; answers++) {
          const path = paths[(reader + answers) % paths.length] as string
          const from = performance.now()
          const { status, body } = await send(url, path)
          times.push(performance.now() - from)
          if (status !== 200) faults.push([path, status, body])
          await sleep(pause)
        }
        return answers
      }
      let imports = 0
      const write = async () => {
        for (let seed = 1; Date.now() < end; seed++) {
          const { state } = await upload(url, `${seed}.ndjson`, toNdjson(observationsOf(simulateJobs(seed))))
          if (state === 'done') imports++
          else faults.push(['import', state])
        }
      }
      const reading = Promise.all(Array.from({ length: readers }, (_, reader) => read(reader)))
      const [answers] = await Promise.all([reading, write()])
      times.sort((a, b) => a - b)
      answers.sort((a, b) => a - b)
      const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0)
      const [fewest = 0, median = 0] = [answers[0], answers[readers / 2]]
      process.stdout.write(
        `${JSON.stringify({ answers: times.length, fewest, median, imports, p50: at(0.5), p99: at(0.99), max: Math.round(times.at(-1) ?? 0) })}\n`,
      )
      expect(faults).toEqual([])
      expect(imports).toBeGreaterThan(0)
      // no reader waits while others are answered again and again
      expect(fewest).toBeGreaterThan(0)
      expect(fewest * 2 + 1).toBeGreaterThanOrEqual(median)
    } finally {
      server.process.kill('SIGTERM')
      await server.ended
      remove()
      rmSync(folder, { recursive: true })
    }
  },
)
