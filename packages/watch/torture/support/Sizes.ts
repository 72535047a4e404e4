import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'

/** The sizes of a store, its watches and this process. */
export interface Sizes {
  /** Entries of histories, events, checkpoints and result files. */
  readonly stored: number
  /** Bytes of the database. */
  readonly bytes: number
  readonly activeWatches: number
  readonly pausedWatches: number
  readonly pendingPolls: number
  readonly failedPolls: number
  /** Completed polls that the queue should have removed: they are kept for five minutes. */
  readonly oldPolls: number
  /** Bytes of the heap after a garbage collection. */
  readonly heap: number
}

type Counted = Omit<Sizes, 'heap'>

export const measureSizes = ({ sql }: Store) =>
  Effect.map(
    sql<Counted>`select
      (select count(*) from entries) + (select count(*) from items) as "stored",
      (select page_count * page_size from pragma_page_count, pragma_page_size) as "bytes",
      (select count(*) from watches where state = 'active') as "activeWatches",
      (select count(*) from watches where state = 'paused') as "pausedWatches",
      (select count(*) from finetune_kit_polls where state = 'pending') as "pendingPolls",
      (select count(*) from finetune_kit_polls where state = 'failed') as "failedPolls",
      (select count(*) from finetune_kit_polls where state = 'completed'
        and updated_at < datetime(current_timestamp, '-7 minutes')) as "oldPolls"`,
    ([counted]): Sizes => {
      collectGarbage()
      return { ...(counted as Counted), heap: process.memoryUsage().heapUsed }
    },
  )

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
}
