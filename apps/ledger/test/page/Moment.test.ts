import { afterEach, expect, test, vi } from 'vitest'
import { momentText } from '../../page/src/Moment.tsx'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

test.each([
  [1_700_000_000, /^2023-11-1[45] \d\d:\d\d$/],
  [-100_000_000_000, /^1200-\d\d-\d\d \d\d:\d\d BC$/],
  [1e300, /^1e\+300$/],
])('a moment of %s seconds is told with its era', (seconds, text) => {
  expect(momentText(seconds)).toMatch(text)
})

test.each([
  ['Europe/Berlin', '2025-10-25T23:59:59Z', '2025-10-26 01:59:59'],
  ['Europe/Berlin', '2025-10-26T00:00:00Z', '2025-10-26 02:00:00 +02:00'],
  ['Europe/Berlin', '2025-10-26T00:59:59Z', '2025-10-26 02:59:59 +02:00'],
  ['Europe/Berlin', '2025-10-26T01:00:00Z', '2025-10-26 02:00:00 +01:00'],
  ['Europe/Berlin', '2025-10-26T01:59:59Z', '2025-10-26 02:59:59 +01:00'],
  ['Europe/Berlin', '2025-10-26T02:00:00Z', '2025-10-26 03:00:00'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29 03:00:00'],
  ['Australia/Lord_Howe', '2026-04-04T14:29:59Z', '2026-04-05 01:29:59'],
  ['Australia/Lord_Howe', '2026-04-04T14:30:00Z', '2026-04-05 01:30:00 +11:00'],
  ['Australia/Lord_Howe', '2026-04-04T15:29:59Z', '2026-04-05 01:59:59 +10:30'],
  ['Antarctica/Troll', '2025-10-26T01:30:00Z', '2025-10-26 01:30:00 +00:00'],
  ['America/St_Johns', '2025-11-02T05:30:00Z', '2025-11-02 02:00:00'],
  ['America/St_Johns', '2025-11-02T04:30:00Z', '2025-11-02 01:00:00 -03:30'],
  ['Asia/Kathmandu', '2025-11-02T04:30:00Z', '2025-11-02 10:15:00'],
])('in %s, %s is told with its offset if its hour comes twice', async (zone, at, text) => {
  vi.stubEnv('TZ', zone)
  vi.resetModules()
  const { momentText } = await import('../../page/src/Moment.tsx')
  expect(momentText(Date.parse(at) / 1000, true)).toBe(text)
})
