const gapFactor = 3.5

/** A point of a line, by its step. */
interface Step {
  readonly step: number
}

/**
 * Cuts a series where steps are missing: at the given steps or, without any, where the next point
 * is further away than three and a half times the usual distance. Nothing is drawn across such a
 * gap.
 *
 * Law: the segments, one after the other, are the points.
 */
export const segmentsOf = <P extends Step>(
  points: ReadonlyArray<P>,
  starts: ReadonlyArray<number> = gapsOf(points),
): ReadonlyArray<ReadonlyArray<P>> => {
  const segments: Array<Array<P>> = []
  let next = 0
  for (const point of points) {
    const before = next
    while ((starts[next] ?? Number.POSITIVE_INFINITY) <= point.step) next++
    if (segments.length === 0 || next > before) segments.push([point])
    else segments.at(-1)?.push(point)
  }
  return segments
}

/** The steps before which steps are missing. */
const gapsOf = (points: ReadonlyArray<Step>): ReadonlyArray<number> => {
  const distances = points.slice(1).map(({ step }, i) => step - (points[i]?.step ?? 0))
  if (distances.length <= 2) return []
  const usual = distances.toSorted((a, b) => a - b)[distances.length >> 1] ?? 0
  return points.slice(1).flatMap(({ step }, i) => ((distances[i] ?? 0) > usual * gapFactor ? [step] : []))
}
