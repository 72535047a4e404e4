import {
  describeChart,
  drawChart,
  layoutChart,
  missingDecimals,
  type Series,
  toHtml,
  valueTable,
} from '@finetune-kit/report'
import { expect, test } from 'vitest'
import { curveTable } from '../../src/report/curveTable.ts'

const points = [1_234_567, 1_234_568].map((step, i) => ({ x: step, step, value: 1 / (3 + i) }))
const loss: Series = {
  run: 'ftjob-1',
  runNumber: null,
  metric: 'train_loss',
  points,
  best: points[1] ?? null,
  thinning: { count: 2_345_678, means: [], starts: [] },
}

const cells = (html: string) => [...html.matchAll(/<t[hd] [^>]*>([\d.,]+)</g)].map(([, cell]) => cell)

test('the words and tables of a chart write values as comparisons do, and steps and counts whole', () => {
  const chart = layoutChart([loss], { width: 400, height: 240 })
  const description = describeChart(chart)
  expect(description).toBe(
    'train loss: 0.3333333 at step 1,234,567, 0.25 at step 1,234,568, best 0.25 at step 1,234,568.',
  )
  expect(toHtml(drawChart(chart, { id: 'a', title: '', description }))).toContain(
    '<title>best train loss 0.25 at step 1,234,568</title>',
  )
  expect(cells(toHtml(curveTable(chart.lines, '')))).toEqual(['2,345,678', '0.25', '0.25', '1,234,568'])
  const { title, table } = valueTable(chart.lines)
  expect(title).toBe('Values of 2 of 2,345,678 steps')
  expect(cells(toHtml(table))).toEqual(['1,234,567', '0.3333333', '1,234,568', '0.25'])
})

test('the table of values has those of a line that few steps tell', () => {
  const steps = Array.from({ length: 2000 }, (_, i) => i + 1)
  const pointsOf = (every: number) =>
    steps.filter(step => step % every === 0).map(step => ({ x: step, step, value: step + every / 10 }))
  const often: Series = { ...loss, points: pointsOf(1), thinning: undefined }
  const seldom: Series = { ...often, metric: 'valid_loss', points: pointsOf(30) }
  const { lines } = layoutChart([often, seldom], { width: 400, height: 240 })
  const { title, table } = valueTable(lines)
  expect(title).toBe('Values of 40 of 2,000 steps')
  const found = cells(toHtml(table))
  expect(found.slice(0, 5)).toEqual(['1', '1.1', '30', '30.1', '33'])
  expect(found.slice(-2)).toEqual(['2,000', '2,000.1'])
  expect(found).toHaveLength(40 + 40 + 38)
})

test('missing decimals put numbers at their decimal points', () => {
  expect(missingDecimals(['0.284', '1,234.45284', '-7', '–', '3.4e38', ''])).toEqual([
    '00',
    '',
    '.00000',
    '',
    '',
    '',
  ])
  expect(missingDecimals(['$1.20', '12'])).toEqual(['', '.00'])
  expect(missingDecimals(['1', '20', '18 min 2 s'])).toEqual(['', '', ''])
  expect(missingDecimals([])).toEqual([])
})
