import { expect, test } from 'vitest'
import { layoutChart, nearestStop, readChart, type Series, stopsOf, stopText } from '@finetune-kit/report'

const series = (metric: string, values: Readonly<Record<number, number>>): Series => {
  const points = Object.entries(values).map(([step, value]) => ({
    x: Number(step),
    value,
    step: Number(step),
  }))
  return { run: 'a', runNumber: null, metric, points, best: null }
}

const size = { width: 400, height: 240 }
const all = [series('train_loss', { 1: 3, 2: 2, 4: 1 }), series('full_valid_loss', { 4: 0.5, 8: 0 })]

test('readChart tells the values of all lines at a stop, and the step of those that are elsewhere', () => {
  const chart = layoutChart(all, size)
  const stops = stopsOf(chart)
  expect(stops.map(({ step }) => step)).toEqual([1, 2, 4, 8])
  const texts = stops.map(stop =>
    [stopText(chart, stop)].concat(readChart(chart, stop).map(({ text }) => text)),
  )
  expect(texts).toEqual([
    ['Step 1', 'train loss 3', 'full valid loss 0.5 at step 4'],
    ['Step 2', 'train loss 2', 'full valid loss 0.5 at step 4'],
    ['Step 4', 'train loss 1', 'full valid loss 0.5'],
    ['Step 8', 'train loss 1 at step 4', 'full valid loss 0'],
  ])
})

test('nearestStop finds the stop next to a place, whatever the place is', () => {
  const stops = stopsOf(layoutChart(all, size))
  for (const [i, { at }] of stops.entries()) {
    expect(nearestStop(stops, at)).toBe(i)
    expect(nearestStop(stops, at - 3)).toBe(i)
    expect(nearestStop(stops, at + 3)).toBe(i)
  }
  expect([-1e9, 1e9].map(at => nearestStop(stops, at))).toEqual([0, 3])
})

test('readChart leaves out what a logarithmic axis cannot show, and names runs where they are several', () => {
  const chart = layoutChart(all, { ...size, logY: true })
  const last = stopsOf(chart).at(-1)
  expect(last?.step).toBe(4)
  const runs = ['a', 'b'].map((run, runNumber) => Object.assign({}, all[0] as Series, { run, runNumber }))
  const compared = layoutChart(runs, { ...size, x: 'time' })
  const [stop] = stopsOf(compared)
  expect(stop && stopText(compared, stop)).toBe('Step 1, 1 s')
  expect(stop && readChart(compared, stop).map(({ text }) => text)).toEqual(['a 3', 'b 3'])
  expect(stopsOf(layoutChart([], size))).toEqual([])
})

test('readChart names runs as the ends of their lines do', () => {
  const ids = ['ftjob-3pYzh3vm94w7azTZsuEtrtcH', 'ftjob-MJbJ8v62FfiHhs5afuXgvIGY']
  const runs = ids.map((run, runNumber) => Object.assign({}, all[0] as Series, { run, runNumber }))
  const chart = layoutChart(runs, size)
  const [stop] = stopsOf(chart)
  expect(stop && readChart(chart, stop).map(({ text }) => text)).toEqual([
    '3pYzh…suEtrtcH 3',
    'MJbJ8…fuXgvIGY 3',
  ])
})
