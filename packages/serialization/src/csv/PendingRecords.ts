import type { DecodeError } from '@finetune-kit/codec'
import type { ReadResult } from '../Format.ts'

/** An item that has its place, but may still turn out to be a reject. */
export interface PendingRecords<A> {
  /** Makes the item: of the error, if there is one now. */
  readonly item: (error?: DecodeError) => ReadResult<A>
  /** In bytes. */
  readonly size: number
  /** What is wrong with it, should the rows of one of these tables not be its own. */
  readonly unless: ReadonlyArray<readonly [table: number, error: (why: string) => DecodeError]>
}

/**
 * Items in their order, each of which waits until it is known of all its rows that they are its own. Of more than `max` bytes of
 * them the first ones are given without that.
 */
export const pendingRecords = <A>(tables: number, max: number) => {
  interface Waiting extends Pick<PendingRecords<A>, 'size' | 'item'> {
    open: number
    error?: DecodeError
  }
  const queue: Array<Waiting> = []
  const waiting = Array.from(
    { length: tables },
    () => [] as Array<{ readonly one: Waiting; readonly error: (why: string) => DecodeError }>,
  )
  let size = 0
  return {
    add: ({ item, size: own, unless }: PendingRecords<A>): void => {
      const one: Waiting = { item, size: own, open: unless.length }
      for (const [table, error] of unless) waiting[table]?.push({ one, error })
      queue.push(one)
      size += own
    },
    /** What waits for a table is right, or why it is not. Gives whether anything waits for it. */
    settle: (table: number, why?: string): boolean => {
      const those = waiting[table]?.splice(0) ?? []
      for (const { one, error } of those) {
        if (one.open > 0) one.open--
        if (why === undefined || one.error !== undefined) continue
        one.error = error(why)
        one.open = 0
      }
      return those.length > 0
    },
    /** The first ones, which wait for nothing more. */
    *ready(): Generator<ReadResult<A>> {
      for (let one = queue[0]; one !== undefined && (one.open === 0 || size > max); one = queue[0]) {
        queue.shift()
        size -= one.size
        for (const those of waiting) if (those[0]?.one === one) those.shift()
        yield one.item(one.error)
      }
    },
  }
}
