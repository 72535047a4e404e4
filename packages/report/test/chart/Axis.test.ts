import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { axisOf, axisWithRoom, tickLabel } from '../../src/chart/Axis.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

const isWithin = (at: number): boolean => at >= 10 && at <= 300

describe('axisOf', () => {
  test('axisOf places any numbers within its range, and marks too', () => {
    const options = fc.record({
      isLog: fc.boolean(),
      isNice: fc.boolean(),
      marks: fc.integer({ min: 2, max: 10 }),
      range: fc.constantFrom([10, 300] as const, [300, 10] as const),
    })
    fc.assert(
      fc.property(fc.array(finite), options, (values, options) => {
        const { place, ticks } = axisOf(values, options)
        for (const value of values) {
          const at = place(value)
          expect(at === null ? options.isLog && value <= 0 : isWithin(at)).toBe(true)
        }
        expect(ticks.every(({ at }) => isWithin(at))).toBe(true)
      }),
    )
  })

  test.each([
    ['linear', [0, 2.5], { isLog: false }, ['0', '0.5', '1', '1.5', '2', '2.5']],
    ['one value', [3], { isLog: false }, ['2.85', '2.9', '2.95', '3', '3.05', '3.1', '3.15']],
    ['one step', [3], { isLog: false, unit: 'steps' as const }, ['3']],
    ['few steps', [1, 3], { isLog: false, unit: 'steps' as const }, ['1', '2', '3']],
    ['logarithmic', [0.001, 100], { isLog: true }, ['0.001', '0.01', '0.1', '1', '10', '100']],
    ['within a decade', [2, 5], { isLog: true }, ['2', '3', '4', '5']],
    [
      'durations',
      [0, 5400],
      { isLog: false, unit: 'seconds' as const },
      ['0 s', '20 min', '40 min', '1 h', '1 h 20 min'],
    ],
    [
      'few durations',
      [200, 2400],
      { isLog: false, unit: 'seconds' as const, marks: 3 },
      ['20 min', '40 min'],
    ],
    [
      'more than a year',
      [0, 34_560_000],
      { isLog: false, unit: 'seconds' as const },
      ['0 s', '100 d', '200 d', '300 d', '400 d'],
    ],
    [
      'durations of any length on a logarithmic axis',
      [1, 9e9],
      { isLog: true, unit: 'seconds' as const, marks: 4 },
      ['1 s', '20 s', '5 min', '1 h', '12 h', '30 d', '100000 d'],
    ],
    [
      'few durations on a logarithmic axis',
      [3700, 7000],
      { isLog: true, unit: 'seconds' as const },
      ['1 h 20 min', '1 h 40 min'],
    ],
  ])('axisOf marks round values: %s', (_, values, options, labels) => {
    const { ticks } = axisOf(values, { range: [0, 300], marks: 5, ...options })
    expect(ticks.map(({ label }) => label)).toEqual(labels)
  })

  test.each([
    ['minutes', [16, 507], 230, ['2 min', '4 min', '6 min', '8 min']],
    ['hours', [25, 14_155], 230, ['1 h', '2 h', '3 h']],
    ['no room for more', [16, 507], 100, ['5 min']],
  ])('axisWithRoom has more than one mark where there is room: %s', (_, values, width, labels) => {
    const { ticks } = axisWithRoom(values, {
      range: [0, width],
      isLog: false,
      unit: 'seconds',
      marks: Math.max(2, Math.floor(width / 72)),
    })
    expect(ticks.map(({ label }) => label)).toEqual(labels)
  })

  test('axisOf places no value that is not positive on a logarithmic axis', () => {
    const { place } = axisOf([-1, 0, 1, 100], { range: [0, 300], isLog: true, marks: 5 })
    expect([-1, 0, 1, 10, 100].map(place)).toEqual([null, null, 0, 150, 300])
  })
})

test.each([
  [0, '0'],
  [1500, '1,500'],
  [0.1 + 0.2, '0.3'],
  [3e-7, '3e-7'],
  [-2.5e12, '-2.5e12'],
])('tickLabel writes %d as %s', (value, label) => {
  expect(tickLabel(value)).toBe(label)
})
