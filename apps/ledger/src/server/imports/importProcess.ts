/**
 * A process that imports one file, so that the server continues to answer. The parent sends the
 * options of the database and the job; it gets the progress, and then the result.
 */
import { type DatabaseOptions, openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import { type LedgerError, ledgerError } from '../../LedgerError.ts'
import { type ImportJob, type ImportProgress, runImport } from './ImportJob.ts'

/** The first message of the parent. */
export interface ImportTask {
  readonly database: DatabaseOptions
  readonly job: ImportJob
}

/** A message of this process. */
export type ImportMessage =
  | { readonly _tag: 'Progress'; readonly progress: ImportProgress }
  | { readonly _tag: 'Done'; readonly progress: ImportProgress }
  | { readonly _tag: 'Failed'; readonly message: string }

const send = (message: ImportMessage, onSent?: () => void): void =>
  void process.send?.(message, undefined, undefined, onSent)

process.once('message', (task: ImportTask) => {
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
  // a long message is on its way for a while, and would be lost
  void Effect.runPromise(result).then(message => send(message, () => process.disconnect()))
})

// a server that is gone wants no import any more
process.once('disconnect', () => process.exit())
