import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inFolder } from '../archiveFile.ts'
import { type Command, costOf } from '../process.ts'
import type { Result, Row } from '../Row.ts'

/** The last commit before packages were renamed and tests of stores, watchers and pages came. */
const base = 'f54e23bd911a42ae4f040c66c2c65905ee98a1ca'

const today = join(import.meta.dirname, '../../../..')

/** The command of pnpm that a checkout names as its package manager. */
const pnpm = (checkout: string, ...args: ReadonlyArray<string>): Command => {
  const { packageManager } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    readonly packageManager: string
  }
  return ['npx', '--yes', packageManager, ...args]
}

const succeeds = ([name, ...args]: Command, cwd: string): boolean =>
  spawnSync(name, args, { cwd, stdio: 'ignore' }).status === 0

/** Runs the tests of a checkout: seconds of CPU, and the number of tests that passed. */
const suiteOf = (checkout: string, log: string) => {
  const { cpu } = costOf(['sh', '-c', 'exec "$@" > "$0"', log, ...pnpm(checkout, 'test')], 1, checkout)
  const [, passed] = /^(\d+) passed, 0 failed/m.exec(readFileSync(log, 'utf8')) ?? []
  return { cpu, tests: Number(passed) }
}

/** The same; undefined if a test fails, as those of an older commit may on a newer machine. */
const olderSuite = (checkout: string, log: string): ReturnType<typeof suiteOf> | undefined => {
  try {
    return suiteOf(checkout, log)
  } catch {
    return undefined
  }
}

const skipped = (note: string): Result => ({ figures: [], goals: [], note: `skipped: ${note}` })

const compare = (folder: string): Result => {
  const old = join(folder, 'base')
  if (!succeeds(['git', 'worktree', 'add', '--detach', old, base], today))
    return skipped(`this clone has no commit ${base}`)
  try {
    if (!succeeds(pnpm(old, 'install', '--frozen-lockfile', '--prefer-offline'), old))
      return skipped('the dependencies of the older commit cannot be installed')
    const before = olderSuite(old, join(folder, 'base.log'))
    if (before === undefined) return skipped('the older tests fail on this machine')
    const now = suiteOf(today, join(folder, 'today.log'))
    const line = ({ cpu, tests }: typeof now) =>
      `${cpu.toFixed(0)} s of CPU, ${tests} tests, ${((1000 * cpu) / tests).toFixed(0)} ms a test`
    return {
      figures: [
        ['the older suite', line(before)],
        ["today's suite", line(now)],
      ],
      goals: [{ what: "today's, of the older", measured: now.cpu / before.cpu, target: 0.5, atMost: true }],
      note: 'servers that a test detaches (PostgreSQL) are not counted',
    }
  } finally {
    if (existsSync(old)) succeeds(['git', 'worktree', 'remove', '--force', old], today)
  }
}

/** Minutes: run by its name only. */
export const suiteRow: Row = {
  name: 'suite',
  title: `pnpm test, beside that of ${base.slice(0, 7)}, whole processes`,
  onRequest: true,
  run: () => inFolder(compare),
}
