import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The end of a program that had bounds. */
export interface BoundedRun {
  /** Null where a signal, or the watchdog, has ended it. */
  readonly code: number | null
  readonly stderr: string
  /** Peak of the resident memory, in MB. */
  readonly megabytes: number
  readonly milliseconds: number
}

interface Bounds {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** The watchdog ends it after so many milliseconds. */
  readonly patience: number
}

/** Runs a program, and watches its memory and its time. */
export const runWithin = (
  file: string,
  args: ReadonlyArray<string>,
  { cwd, env, patience }: Bounds,
): Promise<BoundedRun> =>
  new Promise((resolve, reject) => {
    const begin = performance.now()
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
    let stderr = ''
    let megabytes = 0
    child.stderr.on('data', chunk => {
      if (stderr.length < 100_000) stderr += chunk
    })
    const looking = setInterval(() => {
      megabytes = Math.max(megabytes, residentPeak(child.pid))
    }, 20)
    const watchdog = setTimeout(() => child.kill('SIGKILL'), patience)
    child.on('error', reject)
    child.on('close', code => {
      clearInterval(looking)
      clearTimeout(watchdog)
      resolve({ code, stderr, megabytes, milliseconds: performance.now() - begin })
    })
  })

const residentPeak = (id: number | undefined): number => {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8')
    return Math.round(Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0) / 1024)
  } catch {
    return 0 // it has ended
  }
}
