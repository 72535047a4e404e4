import { expect } from 'vitest'

interface Dated {
  readonly id: string
  readonly created_at: number
}

/**
 * Checks that records came once each and by time. A service that turns a list of one second around
 * leaves no trace of their order in it.
 */
export const expectInOrder = (found: ReadonlyArray<unknown>, expected: ReadonlyArray<unknown>): void => {
  const canonical = (records: ReadonlyArray<unknown>) =>
    (records as ReadonlyArray<Dated>).toSorted(
      (a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1),
    )
  expect(canonical(found)).toEqual(canonical(expected))
  const times = (found as ReadonlyArray<Dated>).map(({ created_at: time }) => time)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
}
