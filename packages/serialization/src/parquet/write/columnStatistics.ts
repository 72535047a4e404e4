/** Least and greatest value of a column, by which readers skip row groups. */
export interface ColumnStatistics {
  min: unknown
  max: unknown
}

export const noBounds = (): ColumnStatistics => ({ min: undefined, max: undefined })

/** Adds a value. Texts are ordered by their bytes in UTF-8 (parquet.thrift, "ColumnOrder"). */
export const addToStatistics = (bounds: ColumnStatistics, value: unknown): void => {
  if (bounds.min === undefined || precedes(value, bounds.min)) bounds.min = value
  if (bounds.max === undefined || precedes(bounds.max, value)) bounds.max = value
}

/** Adds the values at these indexes, each of them once. */
export const addIndexedToStatistics = (
  bounds: ColumnStatistics,
  indexes: Uint32Array,
  values: ReadonlyArray<unknown>,
): void => {
  const isAdded = new Uint8Array(values.length)
  for (const index of indexes) {
    if (isAdded[index] === 1) continue
    isAdded[index] = 1
    addToStatistics(bounds, values[index])
  }
}

/** True if a value comes before another of the same type. */
export const precedes = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' ? textPrecedes(a, b as string) : (a as number | boolean) < (b as number | boolean)

const textPrecedes = (a: string, b: string): boolean => {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return rank(left) < rank(right)
  }
  return a.length < b.length
}

/** Characters beyond U+FFFF, which are two surrogates here, stand above all others. */
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

/** Statistics for the footer. Of zeros -0 is the least and 0 the greatest ("ColumnOrder"). */
export const columnStatistics = ({
  min,
  max,
}: ColumnStatistics): { readonly min_value: unknown; readonly max_value: unknown } => ({
  min_value: min === 0 ? -0 : min,
  max_value: max === 0 ? 0 : max,
})
