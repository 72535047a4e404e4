/** A figure and its target: met when it is at least (or at most) that. */
export interface Goal {
  readonly what: string
  readonly measured: number
  readonly unit?: string
  readonly target: number
  readonly atMost?: boolean
}

/** The result of one row of the table of targets. */
export interface Result {
  /** One line a contestant, best first: its name and its figure. */
  readonly figures: ReadonlyArray<readonly [name: string, figure: string]>
  readonly goals: ReadonlyArray<Goal>
  /** Contestants that do another job: they copy, strip or report other errors. */
  readonly note?: string
}

/** One row of the table of targets. */
export interface Row {
  readonly name: string
  readonly title: string
  /** True if the row takes minutes: it runs only when its name is given. */
  readonly onRequest?: boolean
  readonly run: () => Result | Promise<Result>
}

export const figuresOf = (ratios: ReadonlyMap<string, number>): Result['figures'] =>
  [...ratios].toSorted(([, a], [, b]) => b - a).map(([name, ratio]) => [name, `${ratio.toFixed(2)}x`])

/** The best ratio among these contestants, without the ones named. */
export const fastest = (ratios: ReadonlyMap<string, number>, ...without: ReadonlyArray<string>): number =>
  Math.max(...[...ratios].filter(([name]) => !without.includes(name)).map(([, ratio]) => ratio))

/** The target of one contestant, as a multiple of the base's speed. */
export const goalOf = (
  what: string,
  ratios: ReadonlyMap<string, number>,
  contestant: string,
  target: number,
): Goal => ({ what, measured: ratios.get(contestant) as number, target })
