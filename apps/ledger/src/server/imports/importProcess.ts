/**
 * A process that imports files, so that the server continues to answer. The parent sends the
 * options of the database and a job; it gets the progress, and then the result, and may send the
 * next job.
 */
import { type DatabaseOptions, openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import { type LedgerError, ledgerError } from '../../LedgerError.ts'
import { type ImportJob, type ImportProgress, runImport } from './ImportJob.ts'

/** A message of the parent: a file to import. */
export interface ImportTask {
  readonly database: DatabaseOptions
  readonly job: ImportJob
}

/** A message of this process. */
export type ImportMessage =
  | { readonly _tag: 'Progress'; readonly progress: ImportProgress }
  | { readonly _tag: 'Done'; readonly progress: ImportProgress }
  | { readonly _tag: 'Failed'; readonly message: string }

const send = (message: ImportMessage): void => void process.send?.(message)

process.on('message', (task: ImportTask) => {
  const imported: Effect.Effect<ImportProgress, LedgerError> = Effect.scoped(
    Effect.flatMap(
      Effect.mapError(openStore(task.database), ({ message }) => ledgerError(message)),
      store => runImport(store, task.job, progress => send({ _tag: 'Progress', progress })),
    ),
  )
  const result = Effect.match(imported, {
    onSuccess: (progress): ImportMessage => ({ _tag: 'Done', progress }),
    onFailure: ({ message }): ImportMessage => ({ _tag: 'Failed', message }),
  })
  void Effect.runPromise(result).then(send)
})

// a server that is gone, or waited long enough for a next file, wants no import any more
process.once('disconnect', () => process.exit())
