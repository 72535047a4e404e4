import { fileURLToPath } from 'node:url'
import { FineTuneSnapshot } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import {
  type InputError,
  inputError,
  inputName,
  readItems,
  RunArchive as Archive,
  tryReading,
} from '@finetune-kit/archive'

/** The archive that is shipped with the ledger. */
export const sample = fileURLToPath(new URL('../../samples/ledger.ndjson', import.meta.url))

const gather = Archive.of(FineTuneSnapshot)

/** The archive in a file, if there is any record in it that can be shown. */
export const loadArchive = (path: string): Effect.Effect<Archive.Archive<FineTuneSnapshot>, InputError> => {
  const name = path === sample ? 'samples/ledger.ndjson' : inputName(path)
  return Effect.flatMap(
    tryReading(path, () => gather(name, readItems(path, FineTuneSnapshot))),
    archive => {
      if (archive.runs.size > 0) return Effect.succeed(archive)
      const [first] = archive.rejects
      if (first === undefined) return Effect.fail(inputError(`${name} is empty: there is nothing to show.`))
      return Effect.fail(
        inputError(
          `${first}\n${name} has no record that can be shown: ${archive.rejected} could not be read.`,
        ),
      )
    },
  )
}
