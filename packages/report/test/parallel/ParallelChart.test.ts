import { compareRuns } from '@finetune-kit/diff/story'
import { simulateJobs } from '@finetune-kit/model/testing'
import { drawParallel, layoutParallel, toHtml } from '@finetune-kit/report'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const size = { width: 1000, height: 300 }

const jobs = simulateJobs().slice(0, 4)
const compared = jobs.flatMap(({ snapshots, ...resources }) => {
  const run = snapshots.at(-1)
  return run === undefined ? [] : [{ run, events: resources.events, checkpoints: resources.checkpoints }]
})
const comparison = compareRuns(compared, { all: true, baseline: jobs[2]?.id ?? '' })

const row = (values: ReadonlyArray<string | number | null>) => ({
  field: 'beta',
  label: 'Beta',
  unit: null,
  group: 'hyperparameters' as const,
  values,
  cells: values.map(String),
  best: values.map(() => false),
  deltas: values.map(() => null),
  differs: true,
})

describe('layoutParallel', () => {
  test('layoutParallel has an axis for each hyperparameter and metric in which runs differ', () => {
    const { axes, lines } = layoutParallel(comparison, size)
    const fields = axes.map(({ field }) => field)
    expect(fields.slice(0, 3)).toEqual(['epochs', 'batch_size', 'learning_rate_multiplier'])
    expect(fields).toContain('train_loss')
    expect(fields.filter(field => field.startsWith('best_'))).toEqual([])
    expect(lines.map(({ run, isBaseline }) => [run, isBaseline])).toEqual(
      jobs.map(({ id }, i) => [id, i === 2]),
    )
    expect(lines.flatMap(({ dots }) => dots).some(({ isBest }) => isBest)).toBe(true)
  })

  test('layoutParallel leaves a gap where a run has no value, and places words by name', () => {
    const rows = [row([1, 2]), row([null, 1]), row(['low', 'high']), row([1, 100]), row([0.123456, 19_999])]
    const { axes, lines } = layoutParallel({ runs: ['a', 'b'], baseline: null, rows }, size)
    expect(axes.map(({ ticks }) => ticks.map(({ label }) => label))).toEqual([
      ['1', '2'],
      ['high', 'low'],
      ['1', '100'],
      ['0.1235', '19,999'],
    ])
    expect(lines[0]?.dots).toHaveLength(4)
    const gap = layoutParallel(
      { runs: ['a', 'b', 'c'], baseline: null, rows: [row([1, 2, 3]), row([null, 2, 3]), row([1, 2, 3])] },
      size,
    )
    expect(gap.lines.map(({ path }) => path.match(/M/g)?.length)).toEqual([2, 1, 1])
  })

  test('layoutParallel has at most ten axes', () => {
    const rows = Array.from({ length: 11 }, (_, i) => ({ ...row([1, 2]), field: `extra_${i}` }))
    const { axes } = layoutParallel({ runs: ['a', 'b'], baseline: null, rows }, size)
    expect(axes.map(({ field }) => field)).toEqual(rows.slice(0, 10).map(({ field }) => field))
  })

  test('layoutParallel draws any values within its box', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
    )
    const rows = fc.array(fc.array(value, { minLength: 3, maxLength: 3 }).map(row), { maxLength: 14 })
    fc.assert(
      fc.property(rows, rows => {
        const { axes, lines } = layoutParallel({ runs: ['a', 'b', 'c'], baseline: null, rows }, size)
        const ys = [
          ...lines.flatMap(({ dots }) => dots.map(({ y }) => y)),
          ...axes.flatMap(({ ticks }) => ticks.map(({ at }) => at)),
        ]
        expect(axes.length).toBeLessThanOrEqual(10)
        expect(ys.every(y => y >= 44 && y <= 288)).toBe(true)
      }),
    )
  })
})

test('drawParallel names each run and each axis', () => {
  const html = toHtml(
    drawParallel(layoutParallel(comparison, size), { id: 'p', title: 'Parallel', description: 'All' }),
  )
  expect(html).toContain('aria-labelledby="p-title p-description"')
  expect(html).toContain(`<g class="line series-2 dash-2 baseline"><title>${jobs[2]?.id}</title>`)
  expect(html).toContain('>Learning rate</text>')
})
