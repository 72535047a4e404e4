import type { Reading } from '@finetune-kit/archive'
import * as Effect from 'effect/Effect'
import type { CliError } from '../CliError.ts'
import { fromStore, openExistingRuns } from './database.ts'
import { type ValidationReport, validateStore } from './validateStore.ts'

export { hasDefaultDatabase } from './database.ts'

/** Checks the records and histories of a database. */
export const validateDatabase = (
  db: string | undefined,
  reading: Reading,
  report: ValidationReport,
): Effect.Effect<void, CliError> =>
  Effect.scoped(
    Effect.flatMap(openExistingRuns(db), store => fromStore(validateStore(store, reading, report))),
  )
