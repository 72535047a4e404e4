import { get, list, positive } from './run/read.ts'
import type { RunResources } from './run/Run.ts'
import { logOf } from './run/RunLog.ts'

/** The time at which a step was done, in Unix seconds. */
export interface StepTime {
  readonly step: number
  readonly at: number
}

/**
 * Returns when the steps of a run were done, as its events and checkpoints tell: for curves by
 * time. A step that a resumed run did twice has its last time.
 *
 * Laws: steps and times ascend; repeating records changes nothing, and neither does their order.
 */
export const stepTimesOf = (
  resources: Pick<RunResources, 'events' | 'checkpoints'>,
): ReadonlyArray<StepTime> => {
  const times = new Map<number, number>()
  const add = (step: number | null, at: number | null): void => {
    if (step !== null && at !== null) times.set(step, Math.max(at, times.get(step) ?? at))
  }
  for (const { step, at } of logOf(get(resources, 'events'))) add(step, positive(at))
  for (const checkpoint of list(get(resources, 'checkpoints')))
    add(positive(get(checkpoint, 'step_number')), positive(get(checkpoint, 'created_at')))
  const descending = [...times].map(([step, at]) => ({ step, at })).toSorted((a, b) => b.step - a.step)
  let next = Number.POSITIVE_INFINITY
  return descending
    .filter(({ at }) => {
      const isBefore = at <= next
      if (isBefore) next = at
      return isBefore
    })
    .toReversed()
}
