import { round } from '../chart/Axis.ts'
import type { Stage } from './Stage.ts'

/** A stage of a run's life to scale. */
export interface Span {
  readonly stage: Stage
  readonly x: number
  readonly width: number
}

/** A stage that took no time is drawn this wide. */
const minWidth = 2

/** Lays out stages to scale. A stage that lasts continues to `now`, the last that is known of it. */
export const layoutTimeline = (
  stages: ReadonlyArray<Stage>,
  { width, now }: { readonly width: number; readonly now: number | null },
): ReadonlyArray<Span> => {
  const begin = stages[0]?.from ?? 0
  const until = (stage: Stage): number => stage.to ?? Math.max(stage.from, now ?? stage.from)
  const end = stages.reduce((last, stage) => Math.max(last, until(stage)), begin)
  if (!(end > begin)) return []
  const place = (at: number): number => Math.max(0, Math.min(1, (at - begin) / (end - begin))) * width
  return stages
    .filter(stage => stage.to !== null || until(stage) > stage.from)
    .map(stage => {
      const x = Math.min(place(stage.from), width - minWidth)
      return { stage, x: round(x), width: round(Math.max(minWidth, place(until(stage)) - x)) }
    })
}
