import { fork } from 'node:child_process'
import type { DatabaseOptions } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import { type LedgerError, ledgerError } from '../../LedgerError.ts'
import type { ImportJob, ImportProgress } from './ImportJob.ts'
import type { ImportMessage, ImportTask } from './importProcess.ts'

const isSource = import.meta.url.endsWith('.ts')

/** The source, or what was built of it. */
const script = new URL(isSource ? 'importProcess.ts' : 'importProcess.js', import.meta.url)

/**
 * Imports a file in a process of its own. Interrupting it kills the process: a transaction is whole
 * or not there.
 */
export const importInProcess = (
  database: DatabaseOptions,
  job: ImportJob,
  onProgress: (progress: ImportProgress) => void,
): Effect.Effect<ImportProgress, LedgerError> =>
  Effect.callback(resume => {
    const child = fork(script, {
      execArgv: isSource ? ['--conditions=@finetune-kit/source'] : [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    child.on('message', (message: ImportMessage) => {
      if (message._tag === 'Progress') onProgress(message.progress)
      else if (message._tag === 'Done') resume(Effect.succeed(message.progress))
      else resume(Effect.fail(ledgerError(message.message)))
    })
    child.on('error', ({ message }) =>
      resume(Effect.fail(ledgerError(`import: it cannot start: ${message}. Repeat it.`))),
    )
    child.on('exit', (code, signal) =>
      resume(Effect.fail(ledgerError(`import: it ended early (${signal ?? code}). Repeat it.`))),
    )
    const task: ImportTask = { database, job }
    child.send(task, error => {
      if (error !== null)
        resume(Effect.fail(ledgerError(`import: it cannot start: ${error.message}. Repeat it.`)))
    })
    return Effect.callback<void>(ended => {
      if (child.exitCode !== null || child.signalCode !== null) return ended(Effect.void)
      child.once('exit', () => ended(Effect.void))
      child.kill('SIGKILL')
    })
  })
