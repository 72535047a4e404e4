import type { Client } from '@finetune-kit/watch'
import type { Life } from '@finetune-kit/watch/testing'
import { afterPoll, defaultPace, newPollHistory } from '../../src/follow/pace.ts'
import * as Effect from 'effect/Effect'

/** The polls of a run, times in seconds. */
export interface Polls {
  count: number
  readonly first: number
  last: number
  /** The longest time between two polls. */
  longest: number
}

/** A client that records when it is asked for each run. */
export const recordPolls = (client: Client.Client, now: () => number) => {
  const polls = new Map<string, Polls>()
  const record = (id: string) =>
    Effect.sync(() => {
      const time = now()
      const known = polls.get(id) ?? { count: 0, first: time, last: time, longest: 0 }
      known.longest = Math.max(known.longest, time - known.last)
      known.last = time
      known.count++
      polls.set(id, known)
    })
  const recording: Client.Client = {
    ...client,
    job: id => Effect.andThen(record(id), client.job(id)),
    fineTune: id => Effect.andThen(record(id), client.fineTune(id)),
  }
  return { client: recording, polls }
}

/** The number of polls that the pace asks for, where each is `lateness` seconds late. */
export const expectedPolls = (life: Life, first: number, lateness: number): number => {
  const { states, events, checkpoints, files } = life
  const written = [
    ...[...states, ...files].map(({ at }) => at),
    ...[...events, ...checkpoints].map(({ created_at: at }) => at),
  ]
  const end = states.at(-1)?.at ?? 0
  let history = newPollHistory
  let before = -Infinity
  let time = first
  for (let count = 1; ; count++) {
    const hasEnded = end <= time
    const outcome = {
      hasNews: written.some(at => before < at && at <= time),
      hasEnded,
      isFileMissing: hasEnded && files.some(({ at }) => at > time),
    }
    const next = afterPoll(history, outcome, defaultPace, 0.5)
    if (next.delay === undefined) return count
    history = next.history
    before = time
    time += next.delay + lateness
  }
}
