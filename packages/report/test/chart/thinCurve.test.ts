import { curvesOf } from '@finetune-kit/model'
import { layoutChart, seriesOf, sharePoints, thinCurve, type ThinnedCurve } from '@finetune-kit/report'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

type Values = ReadonlyArray<readonly [step: number, value: number]>

const curveOf = (values: Values): ThinnedCurve => {
  const rows = values.map(([step, value], line) => ({ step, line, values: { train_loss: value } }))
  const [curve] = curvesOf({ results: [{ rows }] as never })
  if (curve === undefined) throw new Error('no curve')
  return curve
}

const long = (count: number, valueAt: (step: number) => number): ThinnedCurve =>
  curveOf(Array.from({ length: count }, (_, step) => [step, valueAt(step)]))

const chartOf = (curve: ThinnedCurve, smoothing = 0) =>
  layoutChart(seriesOf('step')([{ run: 'a', curves: [curve], times: [], startedAt: null }]), {
    width: 460,
    height: 270,
    smoothing,
  }).lines[0]

const numbers = ({ points }: ThinnedCurve) => points.map(({ value }) => value)

const withGap = (step: number): Values => (Math.abs(step - 7000) < 500 ? [] : [[step, Math.sin(step * step)]])

/** The heights of a line, without its begin. */
const ys = (path: string | null | undefined) =>
  [...(path ?? '').matchAll(/[\d.]+,([\d.]+)/g)].slice(5).map(([, y]) => Number(y))

const middle = (numbers: ReadonlyArray<number> = []) =>
  numbers.reduce((sum, number) => sum + number / numbers.length, 0)

describe('thinCurve', () => {
  test('thinCurve keeps a part of the points with the ends, the extremes and the best', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    const values = fc.uniqueArray(fc.tuple(finite, finite), { minLength: 1, selector: ([step]) => step })
    fc.assert(
      fc.property(values, fc.integer({ min: 4, max: 40 }), fc.boolean(), (values, limit, isLog) => {
        const curve = curveOf(values)
        const thinned = thinCurve({ limit, isLog })(curve)
        expect(thinned.points.length).toBeLessThanOrEqual(limit)
        expect(curve.points).toEqual(expect.arrayContaining([...thinned.points]))
        expect([thinned.points[0], thinned.last, thinned.best]).toEqual([
          curve.points[0],
          curve.last,
          curve.best,
        ])
        expect(thinned.points).toContainEqual(curve.best)
        expect(thinned.points.at(-1)).toEqual(curve.last)
        expect([Math.min(...numbers(thinned)), Math.max(...numbers(thinned))]).toEqual([
          Math.min(...numbers(curve)),
          Math.max(...numbers(curve)),
        ])
        expect(thinned.thinning?.count ?? curve.points.length).toBe(curve.points.length)
        for (const { step, value } of thinned.thinning?.means ?? [])
          expect([step, value].every(Number.isFinite)).toBe(true)
      }),
    )
  })

  test('thinCurve leaves a short curve as it is', () => {
    const curve = long(100, step => 1 / (step + 1))
    expect(thinCurve({ limit: 100 })(curve)).toBe(curve)
  })

  test('a thinned curve is drawn with gaps where steps are missing, and nowhere else', () => {
    const curve = curveOf(Array.from({ length: 10_000 }, (_, step) => withGap(step)).flat())
    const thinned = thinCurve({ limit: 1000 })(curve)
    expect(thinned.thinning?.starts).toEqual([7500])
    for (const path of [chartOf(thinned)?.path, chartOf(thinned, 0.9)?.smoothed])
      expect(path?.match(/M/g)).toHaveLength(2)
  })

  test('a thinned curve is smoothed as the whole one: spikes do not pull the line', () => {
    const curve = long(20_000, step => (step % 50 === 0 ? 10 : 1))
    const [whole, thinned] = [curve, thinCurve({ limit: 1000 })(curve)].map(one =>
      ys(chartOf(one, 0.99)?.smoothed),
    )
    expect(Math.abs(middle(whole) - middle(thinned))).toBeLessThan(4)
  })

  test('a logarithmic axis keeps the early steps', () => {
    const curve = long(100_000, step => Math.sin(step))
    const early = (isLog: boolean) =>
      thinCurve({ limit: 1000, isLog })(curve).points.filter(({ step }) => step < 100).length
    expect(early(false)).toBeLessThan(5)
    expect(early(true)).toBeGreaterThan(80)
  })
})

test('sharePoints gives short curves what they have, and the others the rest', () => {
  expect(sharePoints([10, 10_000, 10_000], 1010)).toBe(500)
  expect(sharePoints([10, 20], 1000)).toBeGreaterThanOrEqual(20)
  expect(
    sharePoints(
      Array.from({ length: 1000 }, () => 10),
      100,
    ),
  ).toBe(4)
})
