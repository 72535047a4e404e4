import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SeriesPoint } from '@finetune-kit/report'
import { segmentsOf } from '../../src/chart/segments.ts'
import { smooth } from '../../src/chart/smooth.ts'
import { thin } from '../../src/chart/thin.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const pointsOf = (values: ReadonlyArray<number>): ReadonlyArray<SeriesPoint> =>
  values.map((value, step) => ({ x: step, value, step }))
const weight = fc.double({ min: 0, max: 0.999, noNaN: true })

describe('smooth', () => {
  test('smooth with a weight of 0 returns the points', () => {
    fc.assert(
      fc.property(fc.array(finite), values => {
        const points = pointsOf(values)
        expect(smooth(0)(points)).toEqual(points)
      }),
    )
  })
  test('smooth leaves a constant as it is', () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: 1, max: 20 }), weight, (value, length, weight) => {
        const points = pointsOf(Array.from({ length }, () => value))
        expect(smooth(weight)(points)).toEqual(points)
      }),
    )
  })
  test('smooth stays within the range of the values', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), weight, (values, weight) => {
        const [least, greatest] = [Math.min(...values), Math.max(...values)]
        for (const { value } of smooth(weight)(pointsOf(values)))
          expect(value >= least && value <= greatest).toBe(true)
      }),
    )
  })
  test('smooth gives the debiased moving average', () => {
    const values = smooth(0.5)(pointsOf([1, 2, 4])).map(({ value }) => value)
    expect(values).toEqual([1, expect.closeTo(5 / 3), expect.closeTo(3)])
  })
})

describe('segmentsOf', () => {
  test('segmentsOf loses no point and keeps their order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 500 })), steps => {
        const points = steps.toSorted((a, b) => a - b).map(step => ({ x: step, value: 1, step }))
        expect(segmentsOf(points).flat()).toEqual(points)
      }),
    )
  })
  test.each([
    [
      [1, 2, 3, 40, 41, 42],
      [
        [1, 2, 3],
        [40, 41, 42],
      ],
    ],
    [[10, 20, 30, 40], [[10, 20, 30, 40]]],
    [[100, 1000], [[100, 1000]]],
    [
      [1, 2, 3, 4, 90],
      [[1, 2, 3, 4], [90]],
    ],
    [[2, 4, 6, 8, 15], [[2, 4, 6, 8, 15]]],
    [
      [2, 4, 6, 8, 16],
      [[2, 4, 6, 8], [16]],
    ],
  ])('segmentsOf cuts %j where steps are missing', (steps, segments) => {
    const points = steps.map(step => ({ x: step, value: 1, step }))
    expect(segmentsOf(points).map(segment => segment.map(({ step }) => step))).toEqual(segments)
  })
})

describe('thin', () => {
  test('thin keeps the ends and the extremes of each column of pixels, and at most four places', () => {
    const places = fc.array(fc.record({ x: fc.double({ min: 0, max: 20, noNaN: true }), y: finite }))
    fc.assert(
      fc.property(places, all => {
        const sorted = all.toSorted((a, b) => a.x - b.x)
        const columns = Map.groupBy(sorted, ({ x }) => Math.round(x))
        const kept = Map.groupBy(thin(sorted), ({ x }) => Math.round(x))
        expect([...kept.keys()]).toEqual([...columns.keys()])
        for (const [column, places] of columns) {
          const left = kept.get(column) ?? []
          expect(left.length).toBeLessThanOrEqual(4)
          expect([left[0], left.at(-1)]).toEqual([places[0], places.at(-1)])
          const ys = (of: typeof places) => [
            Math.min(...of.map(({ y }) => y)),
            Math.max(...of.map(({ y }) => y)),
          ]
          expect(ys(left)).toEqual(ys(places))
        }
      }),
    )
  })
})
