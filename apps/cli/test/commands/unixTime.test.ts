import { expect, test } from 'vitest'
import { unixTime } from '../../src/commands/unixTime.ts'

test.each([
  ['2025-06-15', 1_749_945_600],
  ['2024-02-29', 1_709_164_800],
  ['2025-06-15T02:00:00+02:00', 1_749_945_600],
  ['2025-06-15T00:00:00.500Z', 1_749_945_600.5],
  ['2025-06-15 00:00Z', 1_749_945_600],
  ['1750000000', 1_750_000_000],
  ['0', 0],
])('unixTime of %s', (text, seconds) => {
  expect(unixTime(text)).toBe(seconds)
})

test('unixTime refuses what is no time, no day or no date of ISO 8601', () => {
  const words = ['', 'yesterday', 'day 1', '-1', '1.5e9', '24:00', '06/07/2025', '2025', '20250615']
  const days = ['2026-02-30', '2025-02-29', '2025-13-01', '2025-6-1']
  const times = ['2025-06-15T25:00', '2025-06-15T00:00 foo', '1750000000000', '999999999999']
  for (const text of [...words, ...days, ...times]) expect(unixTime(text), text).toBeUndefined()
})
