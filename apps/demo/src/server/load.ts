import { fileURLToPath } from 'node:url'
import { FineTuneSnapshot } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import * as Archive from '../Archive.ts'
import { items, reading } from '../input.ts'
import { nameOf } from '../place.ts'
import { type Trouble, trouble } from '../Trouble.ts'

/** The archive that is shipped with the ledger. */
export const sample = fileURLToPath(new URL('../../samples/ledger.ndjson', import.meta.url))

const gather = Archive.of(FineTuneSnapshot)

/** The archive in a file, if there is any record in it that can be shown. */
export const load = (path: string): Effect.Effect<Archive.Archive<FineTuneSnapshot>, Trouble> => {
  const name = path === sample ? 'samples/ledger.ndjson' : nameOf(path)
  return Effect.flatMap(
    reading(path, () => gather(name, items(path, FineTuneSnapshot))),
    archive => {
      if (archive.runs.size > 0) return Effect.succeed(archive)
      const [first] = archive.rejects
      if (first === undefined) return Effect.fail(trouble(`${name} is empty: there is nothing to show.`))
      return Effect.fail(
        trouble(`${first}\n${name} has no record that can be shown: ${archive.rejected} could not be read.`),
      )
    },
  )
}
