import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { folderOfTests } from '../runFinetune.ts'
import { startFinetune } from '../spawnFinetune.ts'

const { folder, written } = folderOfTests()

/** The names of what the threads of a process wait for, where the system is Linux. */
const waitsOf = (pid: number): ReadonlyArray<string> =>
  globSync(`/proc/${pid}/task/*/wchan`).map(path => readFileSync(path, 'utf8'))

/** Milliseconds by which the program has surely come to the pipe, where nothing is told of that. */
const patience = existsSync('/proc/self/wchan') ? 60_000 : 12_000

/** Sends a signal to the program while it opens a pipe, and waits for its end. */
const endedBy = async (signal: NodeJS.Signals, args: ReadonlyArray<string>): Promise<void> => {
  const child = startFinetune(folder, args)
  const { pid = 0 } = child
  const isThere = () => expect(waitsOf(pid)).toContain('wait_for_partner')
  await vi.waitFor(isThere, { timeout: patience, interval: 100 }).catch(() => {})
  child.kill(signal)
  await once(child, 'close')
  // it had not ended by itself
  expect(child.killed).toBe(true)
}

test.skipIf(process.platform === 'win32')(
  'a signal ends the program while it opens a pipe that nobody else opens',
  async () => {
    const good = written('good.ndjson', toNdjson(simulateRuns()))
    execFileSync('mkfifo', [join(folder, 'source'), join(folder, 'sink')])
    await Promise.all([
      endedBy('SIGTERM', ['validate', 'source']),
      endedBy('SIGINT', ['convert', good, 'sink', '--to', 'ndjson']),
    ])
  },
)
