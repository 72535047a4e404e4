import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { afterAll, onTestFinished } from 'vitest'
import { sample } from '../server/importFiles.ts'
import { type Started, started } from '../server/started.ts'
import { multiplyRuns } from './multiplyRuns.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()
const shared: Array<Started> = []

afterAll(() => Promise.all(shared.map(stop)))

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

/** A path that nothing is at yet. */
export const newPath = (name: string): string => join(folder, name)

/** The path of a database that nothing is in yet. */
export const newDatabase = (name: string): string => newPath(`${name}.db`)

/**
 * Starts a server that imports files, as long as the test runs, over a database of its own unless
 * one is named.
 */
export const serve = (
  files: ReadonlyArray<string>,
  db = ':memory:',
  { flags = [], env = {} }: { flags?: ReadonlyArray<string>; env?: Readonly<Record<string, string>> } = {},
): Promise<string> => {
  const server = started(files, ['--db', db, '--port', '0', ...flags], env)
  onTestFinished(() => stop(server))
  return server.address
}

/** The address of a server that lasts for all tests, started when the first asks for it. */
const once = (start: () => Promise<Started>): (() => Promise<string>) => {
  let made: Promise<string> | undefined
  const address = async (): Promise<string> => {
    const server = await start()
    shared.push(server)
    return server.address
  }
  return () => (made ??= address())
}

/** A server of the sample. */
export const sampleServer = once(async () => started(sample))

/** A server of the jobs of the sample, without their result files. */
export const jobsServer = once(async () =>
  started([fileWith('jobs.ndjson', toNdjson(simulateJobs().flatMap(({ observations }) => observations)))]),
)

/** A server of 100,000 runs. */
export const crowdServer = once(async () => {
  const db = newDatabase('crowd')
  const jobs = Array.from({ length: 10 }, (_, i) => simulateJobs(i + 1)).flat()
  const last = jobs.map(({ snapshots }) => snapshots.at(-1))
  const options = ['--db', db, '--port', '0']
  const first = started([fileWith('crowd.ndjson', toNdjson(last))], options)
  await first.address
  await stop(first)
  multiplyRuns(db, 100_000)
  return started([], options)
})
