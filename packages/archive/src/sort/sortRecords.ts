import type { RecordOrder } from '@finetune-kit/model'
import {
  type BadRecord,
  type BadRecordPolicy,
  type FileError,
  type Tally,
  tally,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { sortedRuns } from './SortedRuns.ts'
import { sortKey } from './SortKey.ts'

export interface SortOptions<E = never> {
  /** The handling of records that JSON cannot hold. Default: fail at the first one. */
  readonly bad?: BadRecordPolicy<E>
  /** The tally that those records are counted on. */
  readonly tally?: Tally
  /** Bytes of records in memory; what is more goes to a temporary file. Default: 16 MiB. */
  readonly maxHeldBytes?: number
}

/**
 * Sorts records of all kinds. Records with equal keys keep their order, and those without a key
 * come last. Memory does not grow with the records: they are sorted in runs, which are merged from
 * a temporary file. It has no name, so that nothing is left, however the process ends.
 */
export const sortRecords = <E1 = never>(
  { keyOf }: RecordOrder.RecordOrder,
  { bad: policy = 'fail', tally: count = tally(), maxHeldBytes = 16 * 1024 * 1024 }: SortOptions<E1> = {},
) => {
  const key = (record: unknown) => sortKey(keyOf(record))
  const reject = (bad: BadRecord): Effect.Effect<void, E1 | BadRecord> => {
    count.rejected++
    return policy === 'fail' ? Effect.fail(bad) : policy([bad])
  }
  return <E, R>(
    records: Stream.Stream<unknown, E, R>,
  ): Stream.Stream<unknown, E | E1 | FileError | BadRecord, R> =>
    Stream.unwrap(
      Effect.gen(function* () {
        const runs = yield* sortedRuns()
        let index = 0
        yield* Stream.runForEachArray(
          records,
          Effect.fnUntraced(function* (values) {
            for (const value of values) {
              const error = runs.add(key(value), value)
              if (error !== undefined) yield* reject({ _tag: 'UnencodableRecord', index, value, error })
              else if (runs.held() > maxHeldBytes) yield* runs.spill
              index++
            }
          }),
        )
        return runs.merge(key)
      }),
    )
}
