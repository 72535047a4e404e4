/** The times between polls, in seconds. */
export interface Pace {
  /** While there is news. Default: 3. */
  readonly fastest: number
  /** The longest pause, reached by doubling. Default: 60. */
  readonly slowest: number
  /** After the end of a run, for what the service writes later. Default: 15, 60. */
  readonly settle: ReadonlyArray<number>
  /** The number of polls that wait for a result file after that. Default: 30. */
  readonly fileLooks: number
}

export const defaultPace: Pace = { fastest: 3, slowest: 60, settle: [15, 60], fileLooks: 30 }

/** The past of a run's polls, as far as the next one depends on it. */
export interface PollHistory {
  /** Polls without news since the last news. */
  readonly quiet: number
  /** Polls that failed since the last that did not. */
  readonly failures: number
  /** Polls since the end of the run. */
  readonly finalLooks: number
}

export const newPollHistory: PollHistory = { quiet: 0, failures: 0, finalLooks: 0 }

/** The result of a poll, as far as the next one depends on it. */
export interface PollOutcome {
  readonly hasNews: boolean
  readonly hasEnded: boolean
  readonly isFileMissing: boolean
}

/** The seconds until the next poll, and the history for it; no seconds if the run is complete. */
export interface NextPoll {
  readonly delay: number | undefined
  readonly history: PollHistory
}

/** @param random - from 0 to 1, so that polls of many runs spread */
export const afterPoll = (
  history: PollHistory,
  { hasNews, hasEnded, isFileMissing }: PollOutcome,
  { fastest, slowest, settle, fileLooks }: Pace,
  random: number,
): NextPoll => {
  const quiet = hasNews ? 0 : history.quiet + 1
  const finalLooks = hasEnded ? history.finalLooks + 1 : 0
  const next = { quiet, failures: 0, finalLooks }
  if (!hasEnded) return { delay: spread(doubled(fastest, slowest, quiet), random), history: next }
  const delay = settle[finalLooks - 1]
  if (delay !== undefined) return { delay: spread(delay, random), history: next }
  const isPatient = finalLooks - settle.length <= fileLooks
  return isFileMissing && isPatient
    ? { delay: spread(slowest, random), history: next }
    : { delay: undefined, history: next }
}

/** The next poll after one that failed. `wait`: seconds that the service asked for. */
export const afterFailure = (
  history: PollHistory,
  wait: number,
  { fastest, slowest }: Pace,
  random: number,
): NextPoll & { readonly delay: number } => {
  const failures = history.failures + 1
  return {
    delay: Math.max(wait, spread(doubled(fastest, slowest, failures - 1), random)),
    history: { ...history, failures },
  }
}

const doubled = (fastest: number, slowest: number, times: number): number =>
  Math.min(slowest, fastest * 2 ** Math.min(times, 30))

/** From 15 % less to 15 % more. */
const spread = (seconds: number, random: number): number => seconds * (0.85 + 0.3 * random)
