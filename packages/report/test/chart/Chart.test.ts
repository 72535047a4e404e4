import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Chart, layoutChart, type Series, type Trace } from '@finetune-kit/report'
import { groupSeries, seriesOf } from '../../src/chart/Series.ts'
import { elapsedAt } from '../../src/chart/Trace.ts'

const size = { width: 400, height: 240 }

const series = (metric: string, values: ReadonlyArray<number>, run = 'ftjob-1'): Series => {
  const points = values.map((value, i) => ({ x: i + 1, value, step: i + 1 }))
  const best = points.toSorted((a, b) => a.value - b.value)[0] ?? null
  return { run, runNumber: null, metric, points, best }
}

const numbersOf = (value: unknown): ReadonlyArray<number> => {
  if (typeof value === 'number') return [value]
  if (typeof value === 'string') return (value.match(/[-\d.e]+|NaN|Infinity/g) ?? []).map(Number)
  return Object.values(value ?? {}).flatMap(numbersOf)
}

/** All numbers that are drawn: not those of the series. */
const drawnNumbers = ({ lines, xTicks, yTicks, frame }: Chart): ReadonlyArray<number> => [
  ...numbersOf(frame),
  ...[...xTicks, ...yTicks].map(({ at }) => at),
  ...lines.flatMap(({ path, smoothed, dots, best, label }) =>
    [path.replaceAll(/[MLZ,]/g, ' '), smoothed?.replaceAll(/[MLZ,]/g, ' '), label?.x, label?.y]
      .flatMap(numbersOf)
      .concat([...dots, ...(best === null ? [] : [best])].flatMap(({ x, y }) => [x, y])),
  ),
]

describe('layoutChart', () => {
  test('layoutChart draws any values within its box', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    const points = fc.array(fc.record({ x: finite, value: finite, step: finite }), { maxLength: 60 })
    const options = fc.record({
      smoothing: fc.double({ min: 0, max: 1, noNaN: true }),
      logX: fc.boolean(),
      logY: fc.boolean(),
      x: fc.constantFrom('step' as const, 'time' as const),
    })
    fc.assert(
      fc.property(fc.array(points, { maxLength: 4 }), options, (all, options) => {
        const chart = layoutChart(
          all.map((points, i) => ({
            run: '',
            runNumber: null,
            metric: `m${i}`,
            points,
            best: points[0] ?? null,
          })),
          { ...size, ...options },
        )
        for (const number of drawnNumbers(chart)) expect(number >= 0 && number <= size.width).toBe(true)
      }),
    )
  })

  test('layoutChart draws lines, marks and the best value', () => {
    const { lines, xTicks, yTicks } = layoutChart([series('train_loss', [3, 2, 1, 2])], size)
    expect(xTicks.map(({ label }) => label)).toEqual(['1', '2', '3', '4'])
    expect(yTicks.map(({ label }) => label)).toEqual(['1', '1.5', '2', '2.5', '3'])
    const [line] = lines
    expect(line?.path).toMatch(/^M[\d.]+,12L[\d.]+,108L[\d.]+,204L[\d.]+,108$/)
    expect(line?.dots).toHaveLength(4)
    expect(line?.best).toMatchObject({ y: 204, point: { step: 3, value: 1 } })
  })

  test('layoutChart smooths lines over the raw ones, and leaves two values as they are', () => {
    const wave = Array.from({ length: 100 }, (_, i) => 2 + Math.sin(i))
    const all = [
      series('train_loss', wave),
      series('valid_loss', wave.slice(0, 6)),
      series('full_valid_loss', [2, 1]),
    ]
    const [long, short, pair] = layoutChart(all, { ...size, smoothing: 0.9 }).lines
    expect(long?.smoothed).toMatch(/^M/)
    expect(long?.smoothed).not.toBe(long?.path)
    expect(long?.dots).toEqual([])
    expect(short?.smoothed).toMatch(/^M/)
    expect(short?.smoothed).not.toBe(short?.path)
    expect(short?.dots).toHaveLength(6)
    expect(pair).toMatchObject({ smoothed: null })
    expect(pair?.dots).toHaveLength(2)
  })

  test('layoutChart leaves gaps where steps are missing, and draws a lone value as a dot', () => {
    const steps = [...Array.from({ length: 50 }, (_, i) => i), 90, 130, 131]
    const points = steps.map(step => ({ x: step, value: 1, step }))
    const [line] = layoutChart([{ ...series('train_loss', []), points }], size).lines
    expect(line?.path.match(/M/g)).toHaveLength(2)
    expect(line?.dots.map(({ point }) => point.step)).toEqual([90])
  })

  test('layoutChart counts the values that a logarithmic axis cannot show', () => {
    const chart = layoutChart([series('valid_mean_reward', [1, 2, -1, 0, 5, 10])], { ...size, logY: true })
    expect(chart.hidden).toBe(2)
    expect(chart.lines[0]?.dots).toHaveLength(4)
    // nothing is drawn from the value before them to the one after
    expect(chart.lines[0]?.path.match(/M/g)).toHaveLength(2)
  })

  test('layoutChart names few lines at their ends, a line of text apart', () => {
    const chart = layoutChart(
      ['train_loss', 'valid_loss', 'full_valid_loss'].map(metric => series(metric, [2, 1])),
      size,
    )
    expect(chart.lines.map(({ label }) => label?.text)).toEqual(['train', 'valid', 'full valid'])
    const ys = chart.lines.map(({ label }) => label?.y ?? 0).toSorted((a, b) => a - b)
    expect((ys[1] ?? 0) - (ys[0] ?? 0)).toBeGreaterThanOrEqual(13)
    const texts = (all: ReadonlyArray<Series>, width = size.width) =>
      layoutChart(all, { ...size, width }).lines.map(({ label }) => label?.text)
    const accuracies = ['train_mean_token_accuracy', 'full_valid_mean_token_accuracy']
    expect(texts(accuracies.map(metric => series(metric, [1, 2])))).toEqual(['train', 'full valid'])
    const runs = ['ftjob-abc', 'ftjob-abcdefghijklmnopqrst'].map((run, runNumber) =>
      Object.assign(series('train_loss', [2, 1], run), { runNumber }),
    )
    expect(texts(runs)).toEqual(['abc', 'abcde…mnopqrst'])
    expect(texts(runs, 200)).toEqual(['abc', 'ab…opqrst'])
    const many = Array.from({ length: 9 }, (_, i) => series(`m${i}_loss`, [1]))
    expect(layoutChart(many, size).lines.every(({ label }) => label === null)).toBe(true)
  })
})

const curve = (metric: string, steps: ReadonlyArray<number>) => {
  const points = steps.map(step => ({ step, value: step, source: 'results' as const }))
  return { metric, points, last: points.at(-1) as never, best: points[0] ?? null }
}
const trace: Trace = {
  run: 'a',
  curves: [curve('train_loss', [5, 10, 15, 20, 25]), curve('valid_loss', [20])],
  times: [
    { step: 10, at: 1100 },
    { step: 20, at: 1300 },
  ],
  startedAt: 1000,
}

describe('seriesOf', () => {
  test('seriesOf places steps by number', () => {
    const [loss] = seriesOf('step')([trace])
    expect(loss?.points.map(({ x }) => x)).toEqual([5, 10, 15, 20, 25])
    expect(loss).toMatchObject({ run: 'a', runNumber: null, best: { x: 5, value: 5 } })
  })
  test('seriesOf places steps by time between known ones, and leaves out what is after them', () => {
    const [loss] = seriesOf('time')([trace])
    expect(loss?.points.map(({ x, step }) => [step, x])).toEqual([
      [5, 50],
      [10, 100],
      [15, 200],
      [20, 300],
    ])
  })
  test('seriesOf numbers the runs that are compared', () => {
    const all = seriesOf('step')([trace, { ...trace, run: 'b' }])
    expect(all.map(({ run, runNumber }) => [run, runNumber])).toEqual([
      ['a', 0],
      ['a', 0],
      ['b', 1],
      ['b', 1],
    ])
    expect([...groupSeries(all).keys()]).toEqual(['train_loss', 'valid_loss'])
    expect([...groupSeries(seriesOf('step')([trace])).keys()]).toEqual(['loss'])
  })
  test('elapsedAt knows nothing before the first time of a run without a begin', () => {
    const elapsed = elapsedAt({ ...trace, startedAt: null })
    expect([5, 10, 20].map(elapsed)).toEqual([null, 0, 200])
    expect(elapsedAt({ times: [], startedAt: 1000 })(5)).toBe(null)
  })
})
