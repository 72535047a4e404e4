/**
 * The time at which a record was created, in Unix seconds: of an observation, that of the record
 * observed. Undefined where it says none.
 *
 * @example
 * createdAtOf({ object: 'fine_tuning.job', created_at: 1721764800 }) // => 1721764800
 */
export const createdAtOf = (record: unknown): number | undefined => {
  if (typeof record !== 'object' || record === null) return undefined
  const { created_at: createdAt, record: observed } = record as Readonly<Record<string, unknown>>
  return typeof createdAt === 'number' && Number.isFinite(createdAt)
    ? createdAt
    : observed === undefined
      ? undefined
      : createdAtOf(observed)
}
