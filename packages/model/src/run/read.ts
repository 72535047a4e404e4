/** Readers of untyped values. None of them throws, whatever the value is. */

/** Returns the own or inherited property of an object; undefined where reading it throws. */
export const get = (value: unknown, key: string): unknown => {
  if (typeof value !== 'object' || value === null) return undefined
  try {
    return (value as Readonly<Record<string, unknown>>)[key]
  } catch {
    return undefined
  }
}

/**
 * Returns the text; null for anything else and for the empty text: Go clients write it for null.
 */
export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null

/** Returns the finite number; null for anything else. */
export const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

/** Returns the number above zero; null for any other: Go clients write 0 for null, services -1. */
export const positive = (value: unknown): number | null => {
  const x = number(value)
  return x !== null && x > 0 ? x : null
}

/** Returns the nearest integer; null for anything that a double does not hold exactly. */
export const whole = (value: unknown): number | null => {
  const x = number(value)
  const rounded = x === null ? Number.NaN : Math.round(x) + 0 // no negative zero
  return Number.isSafeInteger(rounded) ? rounded : null
}

/** Returns the items of a list; none for anything else. */
export const list = (value: unknown): ReadonlyArray<unknown> => {
  try {
    return Array.isArray(value) ? (value as ReadonlyArray<unknown>) : []
  } catch {
    return [] // a revoked proxy
  }
}

/** Returns the own keys of an object; none for anything else. */
export const keys = (value: unknown): ReadonlyArray<string> => {
  if (typeof value !== 'object' || value === null) return []
  try {
    return Object.keys(value)
  } catch {
    return []
  }
}

/** Returns the own entries of an object; none for anything else. */
export const entries = (value: unknown): ReadonlyArray<readonly [string, unknown]> => {
  if (typeof value !== 'object' || value === null) return []
  try {
    return Object.entries(value)
  } catch {
    return []
  }
}

/** Returns the texts of a list of ids or of objects with an id, in their order. */
export const ids = (value: unknown): ReadonlyArray<string> =>
  list(value).flatMap(item => {
    const id = text(item) ?? text(get(item, 'id'))
    return id === null ? [] : [id]
  })

// a loop, because a spread into Math.max has a limit of its own
/** Returns the greatest of the numbers that are known of these items; null if none is. */
export const greatestOf = <A>(items: ReadonlyArray<A>, of: (item: A) => number | null): number | null => {
  let greatest: number | null = null
  for (const item of items) {
    const x = of(item)
    if (x !== null && (greatest === null || x > greatest)) greatest = x
  }
  return greatest
}

/** The same for the numbers themselves. */
export const greatest = (xs: ReadonlyArray<number | null>): number | null => greatestOf(xs, x => x)

/** Returns the least of the numbers that are known of these items; null if none is. */
export const leastOf = <A>(items: ReadonlyArray<A>, of: (item: A) => number | null): number | null => {
  const negated = greatestOf(items, item => {
    const x = of(item)
    return x === null ? null : -x
  })
  return negated === null ? null : -negated
}
