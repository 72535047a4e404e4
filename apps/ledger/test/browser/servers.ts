import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { afterAll } from 'vitest'
import { sample } from '../server/importFiles.ts'
import { type Started, started } from '../server/started.ts'
import { multiplyRuns } from './multiplyRuns.ts'

const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
const running: Array<Started> = []

afterAll(async () => {
  await Promise.all(running.map(stop))
  rmSync(folder, { recursive: true })
})

const stop = async ({ process, ended }: Started): Promise<void> => {
  process.kill('SIGINT')
  await ended
}

/** The path of a file with this text, as long as the tests run. */
export const fileWith = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** The path of a database that nothing is in yet. */
export const newDatabase = (name: string): string => join(folder, `${name}.db`)

/** Starts a server that imports files, over a database of its own unless one is named. */
export const serve = (
  files: ReadonlyArray<string>,
  db = ':memory:',
  { flags = [], env = {} }: { flags?: ReadonlyArray<string>; env?: Readonly<Record<string, string>> } = {},
): Promise<string> => {
  const server = started(files, ['--db', db, '--port', '0', ...flags], env)
  running.push(server)
  return server.address
}

const once = <A>(make: () => Promise<A>): (() => Promise<A>) => {
  let made: Promise<A> | undefined
  return () => (made ??= make())
}

/** A server of the sample; started when the first test asks for it. */
export const sampleServer = once(() => serve(sample))

/** A server of the jobs of the sample, without their result files. */
export const jobsServer = once(() =>
  serve([fileWith('jobs.ndjson', toNdjson(simulateJobs().flatMap(({ observations }) => observations)))]),
)

/** A server of 100,000 runs. */
export const crowdServer = once(async () => {
  const db = newDatabase('crowd')
  const jobs = Array.from({ length: 10 }, (_, i) => simulateJobs(i + 1)).flat()
  const last = jobs.map(({ snapshots }) => snapshots.at(-1))
  const first = started([fileWith('crowd.ndjson', toNdjson(last))], ['--db', db, '--port', '0'])
  await first.address
  await stop(first)
  multiplyRuns(db, 100_000)
  return serve([], db)
})
