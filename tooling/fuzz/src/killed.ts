import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** The end of a process. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stderr: string
}

interface Kill {
  readonly signal: NodeJS.Signals
  /** Milliseconds from the start to the signal. */
  readonly after: number
  /** Runs it as process 1 of a namespace, as containers do. */
  readonly isFirst: boolean
}

const unshare = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc']

/** Runs a command to its end, or until a signal ends it. */
export const runKilled = async (
  command: readonly [string, ...ReadonlyArray<string>],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  kill?: Kill,
): Promise<Ended> => {
  const [file, ...args] = kill?.isFirst === true ? [...unshare, ...command] : command
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', chunk => (stderr += chunk))
  const closed = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      // unshare fails to repeat the signal by which its child has ended
      const isRepeated = kill?.isFirst === true && stderr.startsWith('unshare: sigprocmask')
      resolve(isRepeated ? { code: null, signal: kill.signal, stderr } : { code, signal, stderr })
    })
  })
  if (kill === undefined) return closed
  await Promise.race([setTimeout(kill.after), closed])
  const id = kill.isFirst ? firstChild(child) : child.pid
  try {
    if (id !== undefined) process.kill(id, kill.signal)
  } catch {
    // it has ended
  }
  return closed
}

/** The id of the process that a process has started; undefined if there is none. */
const firstChild = ({ pid }: ChildProcess): number | undefined => {
  try {
    const [id] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
    return id === undefined || id === '' ? undefined : Number(id)
  } catch {
    return undefined
  }
}
