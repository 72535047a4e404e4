/** A place in a drawing. */
export interface Place {
  readonly x: number
  readonly y: number
}

/**
 * Leaves the places of a line that can be seen: of those in one column of pixels the first, the
 * lowest, the highest and the last (M4, Jugel et al. 2014). At most four a column are left.
 */
export const thin = (places: ReadonlyArray<Place>): ReadonlyArray<Place> => {
  const columns = new Map<number, Array<number>>()
  places.forEach(({ x }, i) => {
    const column = columns.get(Math.round(x))
    if (column === undefined) columns.set(Math.round(x), [i])
    else column.push(i)
  })
  const kept = new Set<number>()
  for (const column of columns.values()) {
    const extreme = (isMore: (a: number, b: number) => boolean): number =>
      column.reduce((a, b) => (isMore(places[b]?.y ?? 0, places[a]?.y ?? 0) ? b : a))
    kept.add(column[0] as number).add(column.at(-1) as number)
    kept.add(extreme((a, b) => a > b)).add(extreme((a, b) => a < b))
  }
  return places.filter((_, i) => kept.has(i))
}
