import type { FineTuneSnapshot } from '../FineTuneSnapshot.ts'
import { simulateLife } from './simulateLife.ts'
import { type FineTunePlan, fineTunePlans } from './FineTunePlan.ts'
import { type Random, seeded } from './Random.ts'

/**
 * Returns snapshots of many fine-tunes as a client that polls the service keeps them: some states
 * of each run, the first and the last always, all in the order of time. The same seed returns the
 * same snapshots.
 */
export const simulateRuns = (seed = 1): ReadonlyArray<FineTuneSnapshot> =>
  fineTunePlans
    .flatMap((plan, index) => {
      const random = seeded(seed * 1000 + index)
      return polled([...simulateLife(plan, random)], random)
    })
    .sort((a, b) => a.updated_at - b.updated_at)

/** Returns every state of many fine-tunes, oldest first. The same seed returns the same states. */
export const simulateFineTunes = (
  seed = 1,
  of: ReadonlyArray<FineTunePlan> = fineTunePlans,
): ReadonlyArray<ReadonlyArray<FineTuneSnapshot>> =>
  of.map((plan, index) => [...simulateLife(plan, seeded(seed * 1000 + index))])

const polled = (states: ReadonlyArray<FineTuneSnapshot>, random: Random) =>
  states.filter(
    (_, i) => i === 0 || i === 2 || i === states.length - 1 || (i < states.length - 2 && random.chance(0.4)),
  )

/** Records as NDJSON, one on each line. */
export const toNdjson = (records: ReadonlyArray<unknown>): string =>
  records.map(record => `${JSON.stringify(record)}\n`).join('')
