/** Costs of whole processes, with all that they start. Needs a POSIX shell. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const here = import.meta.dirname
const program = join(here, '../../../apps/cli/dist/program/finetune.js')
const peakAtExit = pathToFileURL(join(here, 'peakAtExit.mjs')).href

/** The cost of one process. */
export interface Cost {
  /** Seconds of CPU, of user and system, with its children. */
  readonly cpu: number
  readonly ms: number
  /** Peak of resident memory in MB; NaN for other programs than Node, and for repeats. */
  readonly mb: number
}

/** A command: its name, and its arguments. */
export type Command = readonly [name: string, ...args: ReadonlyArray<string>]

/** `finetune` with these arguments, built. */
export const finetune = (...args: ReadonlyArray<string>): Command => node(program, ...args)

/** Node with these arguments. */
export const node = (...args: ReadonlyArray<string>): Command => [process.execPath, ...args]

/** DuckDB, as a Node process that runs this statement. */
export const duckdb = (sql: string): Command => node(join(here, 'peers/duckdb.mjs'), sql)

// `times` prints the shell's own time and then that of its children, each as "0m1.234s 0m0.567s"
const script = 'n=$1; shift; while [ $n -gt 0 ]; do "$@" || exit; n=$((n-1)); done; times >&4'

/**
 * The cost of a command, as the mean of so many runs. `times` counts hundredths of a second: repeat
 * what takes less than a second.
 */
export const costOf = ([name, ...args]: Command, repeats = 1, cwd = process.cwd()): Cost => {
  // the module that writes the peak is itself a cost, which short programs would show
  const writesPeak = name === process.execPath && repeats === 1
  const all = writesPeak ? ['--import', peakAtExit, ...args] : args
  const started = performance.now()
  const { status, output, stderr, error } = spawnSync(
    'sh',
    ['-c', script, 'sh', String(repeats), name, ...all],
    { cwd, stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], encoding: 'utf8' },
  )
  if (error !== undefined) throw error
  if (status !== 0)
    throw new Error(`${name} ${args.join(' ')} ended with ${status} (first: pnpm build)\n${stderr}`)
  const [, children = ''] = (output[4] as string).split('\n')
  return {
    cpu: seconds(children) / repeats,
    ms: (performance.now() - started) / repeats,
    mb: writesPeak ? Number(output[3]) / 1e6 : Number.NaN,
  }
}

const seconds = (line: string): number =>
  [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + 60 * Number(m) + Number(s), 0)

/** True if the shell finds a program of this name. */
export const isInstalled = (name: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }).status === 0
