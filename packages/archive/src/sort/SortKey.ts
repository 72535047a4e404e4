/** The value that a record is sorted by. Undefined: it has none. */
export type SortKey = number | string | undefined

/** A key by whose code units texts are in the order of their bytes in UTF-8, as Parquet has them. */
export const sortKey = (value: SortKey): SortKey =>
  typeof value === 'string' && Buffer.byteLength(value) !== value.length
    ? Buffer.from(value).toString('latin1')
    : value

/** Ascending: numbers, texts, and then records without a key. */
export const compareKeys = (a: SortKey, b: SortKey): number => {
  if (a === b) return 0
  if (typeof a !== typeof b) return rank(a) - rank(b)
  return (a as string) < (b as string) ? -1 : 1
}

const rank = (key: SortKey): number => ['number', 'string', 'undefined'].indexOf(typeof key)
