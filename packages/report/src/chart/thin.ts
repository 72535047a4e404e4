/** A place in a drawing. */
export interface Place {
  readonly x: number
  readonly y: number
}

/**
 * Keeps of the items in each column the first, the least, the greatest and the last (M4, Jugel et
 * al. 2014): at most four a column. Where a column is a pixel, the line looks as it did.
 */
export const thinBy =
  <A>(columnOf: (item: A) => number, valueOf: (item: A) => number) =>
  (items: ReadonlyArray<A>): ReadonlyArray<A> => {
    const kept = new Set<A>()
    for (const column of columnsOf(columnOf)(items)) {
      const extreme = (isMore: (a: number, b: number) => boolean): A =>
        column.reduce((a, b) => (isMore(valueOf(b), valueOf(a)) ? b : a))
      kept.add(column[0] as A).add(column.at(-1) as A)
      kept.add(extreme((a, b) => a > b)).add(extreme((a, b) => a < b))
    }
    return items.filter(item => kept.has(item))
  }

/** The items of each column, in the order of the first ones. */
export const columnsOf =
  <A>(columnOf: (item: A) => number) =>
  (items: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> => {
    // Map.groupBy came with Node 21
    const columns = new Map<number, Array<A>>()
    for (const item of items) {
      const column = columns.get(columnOf(item))
      if (column === undefined) columns.set(columnOf(item), [item])
      else column.push(item)
    }
    return [...columns.values()]
  }

/** Leaves the places of a line that can be seen. */
export const thin: (places: ReadonlyArray<Place>) => ReadonlyArray<Place> = thinBy(
  ({ x }) => Math.round(x),
  ({ y }) => y,
)
