import type { RunRecords } from '@finetune-kit/archive'
import type { RunDetail, StoreError } from '@finetune-kit/store'
import { observe } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { fromStore, openExistingRuns, tellDamage } from './database.ts'

export { databaseFile, hasDefaultDatabase } from './database.ts'

/**
 * Reads the runs of these ids from a database, or all of them, as if a file held them. Returns the
 * name of the database. A run that it does not have is skipped: a file may have it.
 */
export const readStored = Effect.fnUntraced(function* (
  records: RunRecords,
  db: string | undefined,
  ids: ReadonlyArray<string>,
) {
  const store = yield* openExistingRuns(db)
  if (ids.length === 0)
    yield* fromStore(
      Stream.runForEach(store.exportObservations(undefined, tellDamage(store)), batch =>
        Effect.sync(() => {
          for (const observation of batch) records.add(observation, undefined)
        }),
      ),
    )
  for (const id of ids) {
    const run = yield* fromStore(
      Effect.catchIf(store.run({ id }), isNotFound, () => Effect.succeed(undefined)),
    )
    if (run === undefined) continue
    for (const record of observationsOf(run)) records.add(record, undefined)
    for (const file of run.resources.results ?? []) records.addResults('', file, id)
    if (run.damage !== undefined) yield* tellDamage(store)(id, run.damage)
  }
  return [store.subject]
})

const isNotFound = (error: StoreError): boolean => error.kind === 'NotFound'

/** The records of a stored run with its id, which events and checkpoints may lack. */
const observationsOf = ({ summary, snapshots, resources }: RunDetail): ReadonlyArray<unknown> => {
  const observed = (seenAt: number) => observe({ seenAt, source: '', runId: summary.id })
  return [
    ...snapshots.map(({ value, seenAt }) => observed(seenAt)(value)),
    ...[...(resources.events ?? []), ...(resources.checkpoints ?? [])].map(observed(0)),
  ]
}
