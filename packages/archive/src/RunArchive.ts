import { Identity } from '@finetune-kit/codec'
import type { ReadResult } from '@finetune-kit/serialization'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import { rejectReport } from './RejectReport.ts'

/** The snapshots of many runs, grouped by run; both in the order of the input. */
export interface RunArchive<A> {
  /** The name of the input, for people. */
  readonly source: string
  readonly runs: ReadonlyMap<string, ReadonlyArray<A>>
  /** Lines about the records that were rejected; the last one counts those left out. */
  readonly rejects: ReadonlyArray<string>
  /** The number of rejected records. */
  readonly rejected: number
}

/**
 * Gathers the records of an input. Two of them belong to one run if they have the same identity, by
 * the codec.
 *
 * @throws if the codec states no key that identifies its records
 */
export const of = <A, O>(codec: t.Type<A, O>) => {
  const identity = Identity.of(codec)
  if (identity.by !== 'key')
    throw new Error(`RunArchive needs the key that identifies a ${codec.name}: annotate the codec`)
  const runOf = (value: A): string => String(identity.idOf(value))

  return <E, R>(
    source: string,
    batches: Stream.Stream<Iterable<ReadResult<A>>, E, R>,
  ): Effect.Effect<RunArchive<A>, E, R> =>
    Effect.suspend(() => {
      const runs = new Map<string, Array<A>>()
      const rejects = rejectReport(source)
      const take = (result: ReadResult<A>): void => {
        if (result._tag === 'Reject') return rejects.add(result)
        const run = runOf(result.value)
        const snapshots = runs.get(run)
        if (snapshots === undefined) runs.set(run, [result.value])
        else snapshots.push(result.value)
      }
      return Effect.map(
        Stream.runForEach(batches, batch =>
          Effect.sync(() => {
            for (const result of batch) take(result)
          }),
        ),
        () => ({ source, runs, rejects: rejects.lines(), rejected: rejects.records() }),
      )
    })
}
