import { afterEach, expect, test, vi } from 'vitest'
import { useNow } from '../../page/src/watching/useNow.ts'

interface Clock {
  readonly subscribe: (listener: () => void) => () => void
  readonly read: () => number
}

vi.mock('react', () => ({
  useSyncExternalStore: (subscribe: Clock['subscribe'], read: Clock['read']): Clock => ({ subscribe, read }),
}))

afterEach(() => void vi.useRealTimers())

test('useNow tells the present again after a time in which nothing showed it', () => {
  vi.useFakeTimers()
  const { subscribe, read } = useNow() as unknown as Clock
  for (const time of ['2025-12-31T23:59:00Z', '2026-01-01T08:00:00Z']) {
    vi.setSystemTime(time)
    const stop = subscribe(() => {})
    expect(read()).toBe(Date.parse(time) / 1000)
    vi.advanceTimersByTime(5000)
    expect(read()).toBe(Date.parse(time) / 1000 + 5)
    stop()
  }
})
