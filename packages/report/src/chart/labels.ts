import { escapeUnprintable } from '@finetune-kit/codec'
import { cellOf } from '@finetune-kit/diff/story'
import { tickLabel } from './Axis.ts'
import type { Place } from './thin.ts'
import { isOneRun, type Series, type SeriesPoint } from './Series.ts'

/** The name of a line next to its end. */
export interface LineLabel extends Place {
  readonly text: string
}

const maxLabels = 8
const maxLength = 14

/** Units of a drawing that a character of a label takes: it is bold. */
export const labelWidth = 7.4

/** The name of a metric as words: `train_loss` is `train loss`. */
export const metricWords = (metric: string): string => escapeUnprintable(metric, 60).replaceAll('_', ' ')

/** The name that tells a line from the others: the metric of the only run, or the run. */
export const lineName = ({ run, runNumber, metric }: Series): string =>
  runNumber === null ? metricWords(metric) : run

/** A value as lists and comparisons write it. */
export const valueText = (value: number): string => cellOf(value, null) ?? ''

/**
 * The decimals that each number lacks to have as many as any other: as unseen digits after it, they
 * put all at their decimal points. Empty for other texts.
 */
export const missingDecimals = (texts: ReadonlyArray<string>): ReadonlyArray<string> => {
  const fractions = texts.map(text => /^[-+$\d,]+(|\.\d+)$/.exec(text)?.[1])
  const most = fractions.reduce((length, fraction = '') => Math.max(length, fraction.length), 0)
  const zeros = `.${'0'.repeat(most)}`.slice(0, most)
  return fractions.map(fraction => (fraction === undefined ? '' : zeros.slice(fraction.length)))
}

/** A value and its step: `0.25 at step 1,200`. */
export const pointText = ({ value, step }: Pick<SeriesPoint, 'value' | 'step'>): string =>
  `${valueText(value)} at step ${tickLabel(step)}`

/**
 * The label of each line in at most this many units of the drawing, by what tells them apart: the
 * run or the metric; none where there are too many to be read.
 */
export const labelLines = (all: ReadonlyArray<Series>, room: number): ReadonlyArray<string> => {
  if (all.length > maxLabels || all.length < 2) return []
  const length = Math.max(4, Math.min(maxLength, Math.floor(room / labelWidth)))
  return isOneRun(all)
    ? withoutEnd(all.map(({ metric }) => metricWords(metric))).map(name => escapeUnprintable(name, length))
    : withoutBegin(all.map(({ run }) => run)).map(name => withoutMiddle(name, length))
}

/** Leaves out the middle of a name that is too long: the ends of ids are what people tell apart. */
const withoutMiddle = (name: string, length: number): string => {
  const letters = Array.from(escapeUnprintable(name))
  if (letters.length <= length) return letters.join('')
  const tail = Math.min(8, Math.ceil(0.6 * length))
  return `${letters.slice(0, length - tail - 1).join('')}…${letters.slice(-tail).join('')}`
}

/** Leaves out the last words that all have: the chart is named by them. */
const withoutEnd = (names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const all = names.map(name => name.split(' '))
  let count = 0
  const isCommon = (words: ReadonlyArray<string>): boolean =>
    words.length > count + 1 && words.at(-1 - count) === all[0]?.at(-1 - count)
  while (all.every(isCommon)) count++
  return all.map(words => words.slice(0, words.length - count).join(' '))
}

/** Leaves out the begin that all have, up to a sign: that of `ftjob-a` and `ftjob-b` is `ftjob-`. */
const withoutBegin = (names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const [first = ''] = names
  let length = 0
  while (length < first.length && names.every(name => name[length] === first[length])) length++
  const begin = /^.*[-_:/. ]/su.exec(first.slice(0, length))?.[0] ?? ''
  return names.map(name => (name.length > begin.length ? name.slice(begin.length) : name))
}

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
