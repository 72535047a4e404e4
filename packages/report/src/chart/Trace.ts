import {
  curvesOf,
  progressOf,
  type Run,
  type RunResources,
  type StepTime,
  stepTimesOf,
} from '@finetune-kit/model'
import type { ThinnedCurve } from './thinCurve.ts'

/** The curves of one run, and what a time axis needs to know. */
export interface Trace {
  /** The name of the run. */
  readonly run: string
  readonly curves: ReadonlyArray<ThinnedCurve>
  /** The times of steps, ascending; empty where no record tells any. */
  readonly times: ReadonlyArray<StepTime>
  /** The begin of the training; null where it is not known. */
  readonly startedAt: number | null
}

/** Returns the trace of a run, from its last snapshot and its other records. */
export const traceOf = (name: string, run: Run, resources: RunResources = {}): Trace => ({
  run: name,
  curves: curvesOf(resources),
  times: stepTimesOf(resources),
  startedAt: progressOf(run, resources).startedAt,
})

/** True if some step of some run has a time, so that there is something to draw over time. */
export const hasTimes = (traces: ReadonlyArray<Trace>): boolean =>
  traces.some(({ times }) => times.length > 0)

/**
 * Returns the time of a step in seconds after the begin of the training. A step between two known
 * ones lies between their times; before the first and after the last nothing is known.
 */
export const elapsedAt =
  ({ times, startedAt }: Pick<Trace, 'times' | 'startedAt'>) =>
  (step: number): number | null => {
    const start = startedAt ?? times[0]?.at ?? 0
    let [low, high] = [0, times.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((times[middle]?.step ?? 0) < step) low = middle + 1
      else high = middle
    }
    const after = times[low]
    if (after === undefined) return null
    if (after.step === step) return Math.max(0, after.at - start)
    const before = times[low - 1] ?? (startedAt === null ? undefined : { step: 0, at: startedAt })
    if (before === undefined || step < before.step) return null
    const share = (step - before.step) / (after.step - before.step)
    return Math.max(0, before.at + share * (after.at - before.at) - start)
  }
