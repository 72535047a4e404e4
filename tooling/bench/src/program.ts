/**
 * Runs the built command line as a whole process, with the variables and flags of its own first
 * line. Needs `pnpm build`.
 */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const here = import.meta.dirname
const program = join(here, '../../../apps/cli/dist/program/finetune.js')
const peakAtExit = pathToFileURL(join(here, 'peakAtExit.mjs')).href

/** The cost of one process. */
export interface Cost {
  readonly ms: number
  /** Peak of resident memory. */
  readonly mb: number
}

/** The variables and flags of the shebang: `#!/usr/bin/env -S NAME=VALUE … node FLAG …`. */
const firstLine = () => {
  const [line = ''] = readFileSync(program, 'utf8').split('\n', 1)
  const [variables = [], flags = []] = (/-S (.*)$/.exec(line)?.[1] ?? 'node')
    .split(/(?:^| )node(?: |$)/)
    .map(part => part.split(' ').filter(Boolean))
  return { flags, variables: Object.fromEntries(variables.map(variable => variable.split('=', 2))) }
}

const costOf = (...args: ReadonlyArray<string>): Cost => {
  const { flags, variables } = firstLine()
  const started = performance.now()
  const { status, output, stderr } = spawnSync(
    process.execPath,
    ['--import', peakAtExit, ...flags, ...args],
    {
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status} (first: pnpm build)\n${stderr}`)
  return { ms: performance.now() - started, mb: Number(output[3]) / 1e6 }
}

/** `finetune` with these arguments. */
export const finetune = (...args: ReadonlyArray<string>): Cost => costOf(program, ...args)

/** The floor: a process with the same flags that does nothing. */
export const nothing = (): Cost => costOf('-e', '')

/** Runs a function with a temporary folder and removes it afterwards. */
export const inFolder = <A>(job: (folder: string) => A): A => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-bench-'))
  try {
    return job(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes an archive of `runs` runs. */
export const archive = (count: number, path: string): void => {
  const file = openSync(path, 'w')
  const { status } = spawnSync(process.execPath, [join(here, 'archive.ts'), String(count)], {
    stdio: ['ignore', file, 'inherit'],
  })
  closeSync(file)
  if (status !== 0) throw new Error(`the archive ended with ${status}`)
}
