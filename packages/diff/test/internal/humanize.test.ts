import { expect, test } from 'vitest'
import {
  bytes,
  dollars,
  duration,
  measured,
  number,
  pluralize,
  timestamp,
} from '../../src/internal/humanize.ts'

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [252, '4 min 12 s'],
  [3600, '1 h'],
  [3659, '1 h'],
  [3660, '1 h 1 min'],
  [90_061, '1 d 1 h'],
  [-252, '4 min 12 s'],
  [0.4, '0 s'],
  [Number.POSITIVE_INFINITY, 'Infinity s'],
  [Number.NaN, 'NaN s'],
])('duration writes %d seconds as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})

test.each([
  [0, '1970-01-01T00:00:00Z'],
  [1_660_000_000, '2022-08-08T23:06:40Z'],
  [8.64e12, '+275760-09-13T00:00:00Z'],
  [8.65e12, '8650000000000'],
  [Number.NaN, 'NaN'],
])('moment writes %d as %s', (seconds, text) => {
  expect(timestamp(seconds)).toBe(text)
})

test.each([
  [3.67, '$3.67'],
  [3.5, '$3.50'],
  [0, '$0.00'],
  [0.001, '$0.001'],
  [1234.5, '$1,234.50'],
  [12_345_678.914, '$12,345,678.91'],
  [2.7037020000000003, '$2.703702'],
  [1e21, '$1e21'],
])('dollars writes %d as %s', (amount, text) => {
  expect(dollars(amount)).toBe(text)
})

test.each([
  [0.1 + 0.2, '0.3'],
  [0.123456789, '0.1234568'],
  [1_234_567, '1,234,567'],
  [1_234_567.25, '1,234,567.25'],
  [-12_345_678.5, '-12,345,678.5'],
  [1e-7, '0.0000001'],
  [Number.MIN_VALUE, '5e-324'],
  [Number.MAX_VALUE, '1.7976931348623157e308'],
  [Number.NEGATIVE_INFINITY, '-∞'],
  [Number.NaN, 'NaN'],
])('measured writes %d as %s', (value, text) => {
  expect(measured(value)).toBe(text)
})

test.each([
  [0, '0'],
  [-1200.5, '-1,200.5'],
  [1e-7, '0.0000001'],
  [1e12, '1,000,000,000,000'],
  [3.4028235e38, '3.4028235e38'],
  [-1e15, '-1e15'],
  [2.5e-21, '2.5e-21'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '∞'],
])('number writes %d as %s', (n, text) => {
  expect(number(n)).toBe(text)
})

test('count says one and many', () => {
  expect([pluralize(1, 'event'), pluralize(0, 'event'), pluralize(1200, 'event')]).toEqual([
    '1 event',
    '0 events',
    '1,200 events',
  ])
})

test('bytes writes the greatest unit that a size fills', () => {
  const sizes = [0, 999, 1000, 999_949, 999_950, 1_536_000, 999_999_999, 2e9]
  const texts = ['0 B', '999 B', '1.0 kB', '999.9 kB', '1.0 MB', '1.5 MB', '1.0 GB', '2.0 GB']
  expect(sizes.map(bytes)).toEqual(texts)
})
