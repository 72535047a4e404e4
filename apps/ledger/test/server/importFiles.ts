import { fileURLToPath } from 'node:url'
import { inputName } from '@finetune-kit/archive'
import type { Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import type { LedgerError } from '../../src/LedgerError.ts'
import { type ImportProgress, runImport } from '../../src/server/imports/ImportJob.ts'

const sampleFile = (name: string) => fileURLToPath(new URL(`../../samples/${name}`, import.meta.url))

/** The sample shipped with the ledger: fine-tuning jobs, fine-tunes, and the result files of both. */
export const sample: ReadonlyArray<string> = ['jobs.ndjson', 'ledger.ndjson', 'results.ndjson'].map(
  sampleFile,
)

/** The result of importing a file. */
export interface FileReport extends ImportProgress {
  /** The name of the file. */
  readonly name: string
}

/** Imports a file of any format into a store. Importing it again changes nothing. */
export const importFile = (store: Store, path: string): Effect.Effect<FileReport, LedgerError> =>
  Effect.map(runImport(store, { path, name: path }), report => ({ ...report, name: inputName(path) }))
