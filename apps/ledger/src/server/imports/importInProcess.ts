import { type ChildProcess, fork } from 'node:child_process'
import type { DatabaseOptions } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import { type LedgerError, ledgerError } from '../../LedgerError.ts'
import type { ImportJob, ImportProgress } from './ImportJob.ts'
import type { ImportMessage, ImportTask } from './importProcess.ts'

const isSource = import.meta.url.endsWith('.ts')

/** The source, or what was built of it. */
const script = new URL(isSource ? 'importProcess.ts' : 'importProcess.js', import.meta.url)

/** Imports a file. Interrupting it kills the process: a transaction is whole or not there. */
export type ImportInProcess = (
  job: ImportJob,
  onProgress: (progress: ImportProgress) => void,
) => Effect.Effect<ImportProgress, LedgerError>

/** Milliseconds that a process waits for the next file. */
const defaultPatience = 5000

/**
 * Imports files in a process of their own, which stays a moment for the next one: starting a
 * process takes much longer than importing a small file.
 */
export const importInProcess = (
  database: DatabaseOptions,
  patience = defaultPatience,
): Effect.Effect<ImportInProcess, never, Scope.Scope> =>
  Effect.gen(function* () {
    let idle: Importer | undefined
    let timer: NodeJS.Timeout | undefined
    const release = (): Importer | undefined => {
      clearTimeout(timer)
      const kept = idle
      idle = undefined
      return kept
    }
    const take = (): Importer => {
      const kept = release()
      return kept !== undefined && isAlive(kept.child) ? kept : start()
    }
    const keep = (importer: Importer): void => {
      if (!isAlive(importer.child)) return
      idle = importer
      timer = setTimeout(() => release()?.child.disconnect(), patience)
    }
    yield* Effect.addFinalizer(() => {
      const kept = release()
      return kept === undefined ? Effect.void : kill(kept)
    })
    return (job, onProgress) =>
      Effect.callback(resume => {
        const importer = take()
        importer.onMessage = message => {
          if (message._tag === 'Progress') return onProgress(message.progress)
          importer.onMessage = undefined
          keep(importer)
          resume(
            message._tag === 'Done'
              ? Effect.succeed(message.progress)
              : Effect.fail(ledgerError(message.message)),
          )
        }
        const task: ImportTask = { database, job }
        importer.child.send(task, error => {
          if (error !== null) importer.onMessage?.(failed(`it cannot start: ${error.message}`))
        })
        return kill(importer)
      })
  })

/** A process that imports, and who hears of its import. */
interface Importer {
  readonly child: ChildProcess
  onMessage: ((message: ImportMessage) => void) | undefined
}

const start = (): Importer => {
  const child = fork(script, {
    execArgv: isSource ? ['--conditions=@finetune-kit/source'] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const importer: Importer = { child, onMessage: undefined }
  child.on('message', (message: ImportMessage) => importer.onMessage?.(message))
  child.on('error', ({ message }) => importer.onMessage?.(failed(`it cannot start: ${message}`)))
  child.on('exit', (code, signal) => importer.onMessage?.(failed(`it ended early (${signal ?? code})`)))
  return importer
}

const failed = (problem: string): ImportMessage => ({
  _tag: 'Failed',
  message: `import: ${problem}. Repeat it.`,
})

const isAlive = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid !== undefined && exitCode === null && signalCode === null

const kill = (importer: Importer): Effect.Effect<void> =>
  Effect.callback(ended => {
    const { child } = importer
    importer.onMessage = undefined
    if (!isAlive(child)) return ended(Effect.void)
    child.once('exit', () => ended(Effect.void))
    child.kill('SIGKILL')
  })
