import { fileURLToPath } from 'node:url'
import { describeDataFile, observations, openInput } from '@finetune-kit/archive'
import { drawFileError } from '@finetune-kit/serialization/effect'
import type { ImportReport, Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import { type LedgerError, ledgerError } from '../LedgerError.ts'

const sampleFile = (name: string) => fileURLToPath(new URL(`../../samples/${name}`, import.meta.url))

/** The sample shipped with the ledger: fine-tuning jobs, and fine-tunes. */
export const sample: ReadonlyArray<string> = [sampleFile('jobs.ndjson'), sampleFile('ledger.ndjson')]

/** The result of importing a file. */
export interface FileReport extends ImportReport {
  /** The name of the file. */
  readonly name: string
}

/** Imports a file of any format into a store. Importing it again changes nothing. */
export const importFile = (store: Store, path: string): Effect.Effect<FileReport, LedgerError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const input = yield* openInput(path)
      const { name, data } = input
      if (data?._tag === 'Training')
        return yield* Effect.fail(ledgerError(`${name}: ${describeDataFile(data)}.`))
      const seenAt = Math.floor(Date.now() / 1000)
      const report = yield* store.importObservations(observations({ seenAt })(input), {
        source: name,
        unseenAt: seenAt,
      })
      return { ...report, name }
    }),
  ).pipe(
    Effect.mapError(error =>
      error._tag === 'FileError' ? ledgerError(drawFileError(error, path)) : ledgerError(error.message),
    ),
  )
