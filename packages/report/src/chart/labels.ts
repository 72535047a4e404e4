import { escapeUnprintable } from '@finetune-kit/codec'
import type { Place } from './thin.ts'
import { isOneRun, type Series } from './Series.ts'

/** The name of a line next to its end. */
export interface LineLabel extends Place {
  readonly text: string
}

const maxLabels = 8
const maxLength = 14

/** The name of a metric as words: `train_loss` is `train loss`. */
export const metricWords = (metric: string): string => escapeUnprintable(metric, 60).replaceAll('_', ' ')

/**
 * The label of each line, by what tells them apart: the run or the metric; none where there are too
 * many to be read.
 */
export const labelLines = (all: ReadonlyArray<Series>): ReadonlyArray<string> => {
  if (all.length > maxLabels || all.length < 2) return []
  const isOne = isOneRun(all)
  return all.map(({ run, metric }) =>
    isOne ? shorten(metricWords(metric)) : escapeUnprintable(run, maxLength),
  )
}

/** The last word is that of the chart. */
const shorten = (words: string): string => words.split(' ').slice(0, -1).join(' ') || words

const lineHeight = 13

/** Moves places down, then up, until they are a line apart and within the frame. Keeps the order. */
export const spread = (
  places: ReadonlyArray<number | null>,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): ReadonlyArray<number | null> => {
  const order = places
    .map((y, i) => ({ y: y ?? 0, i, isPlaced: y !== null }))
    .filter(({ isPlaced }) => isPlaced)
    .toSorted((a, b) => a.y - b.y)
  let least = top
  for (const place of order) {
    place.y = Math.max(place.y, least)
    least = place.y + lineHeight
  }
  let greatest = bottom
  for (const place of order.toReversed()) {
    place.y = Math.min(place.y, greatest)
    greatest = place.y - lineHeight
  }
  const moved = new Map(order.map(({ i, y }) => [i, y]))
  return places.map((_, i) => moved.get(i) ?? null)
}
