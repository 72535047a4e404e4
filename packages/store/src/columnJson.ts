/** A column of JSON that holds something else: another program has changed the database. */
export class NotJsonError extends Error {}

/**
 * The value of a column of JSON.
 *
 * @throws a `NotJsonError`, which the store turns into a `StoreError`
 */
export const fromColumnJson = (column: unknown): unknown => {
  try {
    if (typeof column === 'string') return JSON.parse(column)
  } catch {
    // SQLite holds anything in a column of any type
  }
  throw new NotJsonError()
}

/** The list of a column of JSON. */
export const fromColumnList = (column: unknown): ReadonlyArray<string> => {
  const value = fromColumnJson(column)
  if (Array.isArray(value)) return value
  throw new NotJsonError()
}
