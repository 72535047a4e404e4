import { Meta } from '@finetune-kit/codec'
import type { ReadResult } from '@finetune-kit/serialization'
import type * as t from 'io-ts'
import { rejectReport } from './RejectReport.ts'

/** The snapshots of many runs, as they were kept: grouped by run, both in the order of the input. */
export interface Archive<A> {
  /** What was read, for people: the name of a file. */
  readonly source: string
  readonly runs: ReadonlyMap<string, ReadonlyArray<A>>
  /** What could not be read, in lines; the last one says how many records more, when there are many. */
  readonly rejects: ReadonlyArray<string>
  /** How many records could not be read in all. */
  readonly rejected: number
}

/**
 * Gathers the records of an input, which come in batches. Two of them belong to one run when the identity of the codec says so.
 *
 * @throws when the codec states no key that identifies its records
 */
export const of = <A, O>(codec: t.Type<A, O>) => {
  const identity = Meta.of(codec).identity
  if (identity === undefined || identity === 'value')
    throw new Error(`Archive needs to know the key that identifies a ${codec.name}: annotate it`)
  const runOf = (value: A): string => String((value as Record<string, unknown>)[identity.key])

  return async (source: string, batches: AsyncIterable<Iterable<ReadResult<A>>>): Promise<Archive<A>> => {
    const runs = new Map<string, Array<A>>()
    const rejects = rejectReport(source)
    for await (const items of batches)
      for (const item of items) {
        if (item._tag === 'Reject') {
          rejects.add(item)
          continue
        }
        const run = runOf(item.value)
        const snapshots = runs.get(run)
        if (snapshots === undefined) runs.set(run, [item.value])
        else snapshots.push(item.value)
      }
    return { source, runs, rejects: rejects.lines(), rejected: rejects.records() }
  }
}
