import type { Observation, Run } from '@finetune-kit/model'
import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type { Client } from '../client/Client.ts'
import { isTransient, type ServiceError } from '../client/ServiceError.ts'
import { type Look, look } from './look.ts'
import {
  afterFailure,
  afterPoll,
  defaultPace,
  newPollHistory,
  type Pace,
  type PollHistory,
  type PollOutcome,
} from './pace.ts'

/** One step of following a run. */
export type FollowUpdate =
  /** Something new: observations in their order, and in words the records that are not kept. */
  | {
      readonly _tag: 'Seen'
      readonly run: Run
      readonly observations: ReadonlyArray<Observation>
      readonly odd: ReadonlyArray<string>
    }
  /** A poll failed; the next one is made after `delay` seconds. */
  | { readonly _tag: 'Fault'; readonly error: ServiceError; readonly delay: number }
  /** The run has ended, and all of it was seen. */
  | { readonly _tag: 'Ended'; readonly run: Run; readonly missingFiles: ReadonlyArray<string> }

export interface FollowOptions {
  readonly pace?: Partial<Pace>
  /** Ids of events, checkpoints and result files that are known: they are left out. */
  readonly known?: Iterable<string>
}

interface State {
  readonly history: PollHistory
  readonly delay: number | undefined
  readonly last: Look | undefined
}

/**
 * Follows a run until it has ended and all of it was seen. Fails when asking again does not help: a
 * wrong key, a wrong address, a run that is not there.
 */
export const follow = (
  client: Client,
  id: string,
  options: FollowOptions = {},
): Stream.Stream<FollowUpdate, ServiceError> =>
  Stream.suspend(() => {
    const pace = { ...defaultPace, ...options.pace }
    const known = new Set(options.known)
    const toldOdd = new Set<string>()
    const knownItems = (ids: ReadonlyArray<string>) =>
      Effect.succeed(new Set(ids.filter(one => known.has(one))))

    const step = Effect.fnUntraced(function* (from: State) {
      for (let state = from; state.delay !== undefined; ) {
        yield* Effect.sleep(state.delay * 1000)
        const looked = yield* Effect.result(
          look(client, id, { known: knownItems, before: state.last?.fingerprint }),
        )
        if (looked._tag === 'Failure') {
          const error = looked.failure
          if (!mayPass(error, state)) return yield* Effect.fail(error)
          const wait = ((error.notBefore ?? 0) - (yield* Clock.currentTimeMillis)) / 1000
          const { delay, history } = afterFailure(state.history, wait, pace, Math.random())
          return [
            { _tag: 'Fault', error, delay },
            { ...state, history, delay },
          ] as const
        }
        const last = looked.success
        const { run, observations, keys, missingFiles } = last
        for (const key of keys) known.add(key)
        const { delay, history } = afterPoll(state.history, outcomeOf(last), pace, Math.random())
        const odd = [...new Set(last.odd)].filter(words => !toldOdd.has(words))
        for (const words of odd) toldOdd.add(words)
        if (observations.length + odd.length > 0)
          return [
            { _tag: 'Seen', run, observations, odd },
            { history, delay: delay ?? 0, last },
          ] as const
        if (delay === undefined)
          return [
            { _tag: 'Ended', run, missingFiles },
            { history, delay, last },
          ] as const
        state = { history, delay, last }
      }
      return undefined
    })

    return Stream.unfold<State, FollowUpdate, ServiceError, never>(
      { history: newPollHistory, delay: 0, last: undefined },
      step,
    )
  })

/** The result of a look, as far as the next one depends on it. */
export const outcomeOf = ({ observations, hasEnded, missingFiles }: Look): PollOutcome => ({
  hasNews: observations.length > 0,
  hasEnded,
  isFileMissing: missingFiles.length > 0,
})

/** A run that was there may be missing for a while. */
const maxNotFound = 5

const mayPass = (error: ServiceError, { last, history }: State): boolean =>
  error.kind === 'NotFound' ? last !== undefined && history.failures < maxNotFound : isTransient(error)
