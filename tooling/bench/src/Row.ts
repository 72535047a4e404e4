/** A figure beside its target: met when it is at least (or at most) that. */
export interface Goal {
  readonly what: string
  readonly measured: number
  readonly unit?: string
  readonly target: number
  readonly atMost?: boolean
}

/** What one row of the table of targets came to. */
export interface Result {
  /** One line a contestant, best first: its name and its figure. */
  readonly figures: ReadonlyArray<readonly [name: string, figure: string]>
  readonly goals: ReadonlyArray<Goal>
  /** Which contestants do another job: copy, strip, give other errors. */
  readonly note?: string
}

/** One row of the table of targets. */
export interface Row {
  readonly name: string
  readonly title: string
  readonly run: () => Result | Promise<Result>
}

export const figuresOf = (ratios: ReadonlyMap<string, number>): Result['figures'] =>
  [...ratios].toSorted(([, a], [, b]) => b - a).map(([name, ratio]) => [name, `${ratio.toFixed(2)}x`])

/** The best ratio among these contestants, without the ones named. */
export const fastest = (ratios: ReadonlyMap<string, number>, ...without: ReadonlyArray<string>): number =>
  Math.max(...[...ratios].filter(([name]) => !without.includes(name)).map(([, ratio]) => ratio))

/** What is asked of one contestant: this many times as fast as the base. */
export const goalOf = (
  what: string,
  ratios: ReadonlyMap<string, number>,
  contestant: string,
  target: number,
): Goal => ({ what, measured: ratios.get(contestant) as number, target })
