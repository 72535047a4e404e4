import type { Observation } from '@finetune-kit/model'
import { observationsOf, simulateJobs } from '@finetune-kit/model/testing'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import type { ImportRecord } from '../../src/sortRecords.ts'
import { openStore, type Store } from '../../src/openStore.ts'
import type { TestDatabase } from '@finetune-kit/checks/databases'
import { observations } from './simulated.ts'

export type Row = Effect.Success<ReturnType<Store['runs']>>['runs'][number]

/** Runs an effect, and closes what it opened. */
export const run = <A, E>(effect: Effect.Effect<A, E, Scope.Scope>): Promise<A> =>
  Effect.runPromise(Effect.scoped(effect))

/** Runs a test with a new store. */
export const withStore =
  ({ fresh }: TestDatabase) =>
  <A, E>(test: (store: Store) => Effect.Effect<A, E, Scope.Scope>): Promise<A> =>
    run(Effect.flatMap(Effect.flatMap(fresh, openStore), test))

/** Observations as the records of an input, in chunks. */
export const inputOf = (all: ReadonlyArray<Observation>, size = 300) =>
  Stream.fromIterable(
    Array.from(
      { length: Math.ceil(all.length / size) },
      (_, i): ReadonlyArray<ImportRecord> =>
        all
          .slice(i * size, (i + 1) * size)
          .map((value, j) => ({ _tag: 'Record', value, offset: i * size + j, line: i * size + j + 1 })),
    ),
  )

/** Both families of runs, with events and checkpoints of the jobs. */
export const both: ReadonlyArray<Observation> = [...observations(), ...observationsOf(simulateJobs())]

/** The digest of every run, by its id. */
export const digestsOf = (store: Store) =>
  Effect.gen(function* () {
    const { runs } = yield* store.runs({ limit: 10_000, filter: { hidden: 'with' } })
    const digests: Record<string, unknown> = {}
    for (const { summary, born } of runs)
      digests[`${summary.id} ${born}`] = yield* store.verify({ id: summary.id, born })
    return digests
  })

/** The number of entries of each run. */
export const lengths = (digests: Record<string, unknown>) =>
  Object.entries(digests).map(([id, found]) => [id, (found as { entries: number }).entries] as const)
