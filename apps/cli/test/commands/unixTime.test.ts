import { afterEach, expect, test, vi } from 'vitest'
import { unixTime } from '../../src/commands/unixTime.ts'

afterEach(() => void vi.unstubAllEnvs())

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

test.each(['Asia/Kathmandu', 'Pacific/Apia', 'Europe/Berlin'])('unixTime in %s is in UTC', zone => {
  vi.stubEnv('TZ', zone)
  for (const text of ['2026-03-29', '2026-03-29T00:00', '2026-03-29 00:00:00', '2026-03-29T05:45+0545'])
    expect(unixTime(text), text).toBe(1_774_742_400)
  // a time that a clock in Berlin never shows
  expect(unixTime('2026-03-29 02:30')).toBe(1_774_751_400)
})

test('unixTime refuses what is no time, no day or no date of ISO 8601', () => {
  const words = ['', 'yesterday', 'day 1', '-1', '1.5e9', '24:00', '06/07/2025', '2025', '20250615']
  const days = ['2026-02-30', '2025-02-29', '2025-13-01', '2025-6-1']
  const times = [
    '2025-06-15T25:00',
    '2025-06-15T00:00 foo',
    '2025-06-15 00:00+25:00',
    '1750000000000',
    '999999999999',
  ]
  for (const text of [...words, ...days, ...times]) expect(unixTime(text), text).toBeUndefined()
})
