import { fileURLToPath } from 'node:url'
import { FineTuneSnapshot } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import { inputName, openInput, readBatches, RunArchive } from '@finetune-kit/archive'
import { drawFileError } from '@finetune-kit/serialization/effect'
import { type LedgerError, ledgerError } from '../LedgerError.ts'

/** The archive shipped with the ledger. */
export const sample = fileURLToPath(new URL('../../samples/ledger.ndjson', import.meta.url))

const gather = RunArchive.of(FineTuneSnapshot)

/** Loads the runs of a file, if there is any that can be shown. */
export const loadArchive = (
  path: string,
): Effect.Effect<RunArchive.RunArchive<FineTuneSnapshot>, LedgerError> => {
  const name = path === sample ? 'samples/ledger.ndjson' : inputName(path)
  return Effect.scoped(
    Effect.flatMap(openInput(path), input => gather(name, readBatches(FineTuneSnapshot)(input))),
  ).pipe(
    Effect.mapError(error => ledgerError(drawFileError(error, name))),
    Effect.flatMap(archive => {
      if (archive.runs.size > 0) return Effect.succeed(archive)
      const [first] = archive.rejects
      if (first === undefined) return Effect.fail(ledgerError(`${name}: empty. Pass a file with records.`))
      return Effect.fail(
        ledgerError(`${first}\n${name}: no valid run, ${archive.rejected} records were rejected.`),
      )
    }),
  )
}
