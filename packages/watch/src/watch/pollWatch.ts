import { notifyOthers, type Store } from '@finetune-kit/store'
import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'
import type { PersistedQueue } from 'effect/persistence/PersistedQueue'
import type { Client } from '../client/Client.ts'
import { maxRetryAfter } from '../client/Requests.ts'
import { isServiceError, isTransient, type ServiceError } from '../client/ServiceError.ts'
import { outcomeOf } from '../follow/follow.ts'
import { isLongOver } from '../follow/isLongOver.ts'
import { look } from '../follow/look.ts'
import { afterFailure, afterPoll, type NextPoll, type Pace } from '../follow/pace.ts'
import { type Connection, postpone } from './Connection.ts'
import { findRuns } from './findRuns.ts'
import type { KnownPages } from './KnownPages.ts'
import type { Outage } from './Outage.ts'
import { offerPoll, type Poll, type TakenPoll } from './Poll.ts'
import type { RepeatPolls } from './repeatPolls.ts'
import type { DatabaseError } from './toStoreError.ts'
import { addWatches, finishPoll, pauseConnection, type PollResult, readPolled, type Watch } from './Watch.ts'
import type { WatchChange } from './WatchChange.ts'

/** The parts of a watcher that a poll uses. */
export interface PollContext {
  readonly store: Store
  readonly queue: PersistedQueue<Poll>
  readonly repeat: RepeatPolls
  readonly pages: KnownPages
  readonly clientOf: (connection: Connection) => Effect.Effect<Client, ServiceError>
  readonly pace: Pace
  readonly publish: (change: WatchChange) => Effect.Effect<unknown>
  /** Hears of an error of the database: the queue makes the poll again. */
  readonly outage: Pick<Outage, 'begin'>
}

/** A poll that succeeded: what to write with the next poll, and what to tell after that. */
interface Done {
  readonly result: Omit<PollResult, 'nextPollAt'>
  readonly delay: number | undefined
  readonly write: Effect.Effect<unknown, DatabaseError>
  readonly tell: ReadonlyArray<WatchChange>
  /** True if the watch itself is as it was. */
  readonly isQuiet?: boolean
  /** Runs after the commit. */
  readonly remember?: () => void
}

/**
 * Makes one poll. What it found and the next poll are written in one transaction, so that a process
 * that dies loses nothing: its poll is made again. A poll does nothing if the watch expects another
 * number.
 */
export const pollWatch =
  (context: PollContext) =>
  (taken: TakenPoll): Effect.Effect<void, DatabaseError> =>
    Effect.gen(function* () {
      const { store, clientOf } = context
      const { poll } = taken
      const [written, connection] = (yield* readPolled(store.sql)(poll.watch)) ?? []
      if (written === undefined || connection === undefined) return
      if (written.state !== 'active' || written.poll !== poll.n) return
      const watch = withQuiet(written, poll.quiet)
      const now = yield* Clock.currentTimeMillis
      if (connection.notBefore > now && connection.notBefore - now <= maxRetryAfter) {
        const delay = (connection.notBefore - now) / 1000 + Math.random() * 3
        yield* finish(context, watch, { ...same(watch), delay })
        return
      }
      const polled = yield* clientOf(connection).pipe(
        Effect.flatMap(client => (watch.runId === undefined ? pollAll : pollRun)(context, watch, client)),
        Effect.catchIf(isServiceError, error =>
          Effect.flatMap(Clock.currentTimeMillis, failedAt => failed(context, watch, error, failedAt)),
        ),
      )
      if (polled.isQuiet === true && now - watch.lastPollAt < quietTime) {
        polled.remember?.()
        yield* context.repeat({ ...taken, connection: watch.connection, delay: polled.delay ?? 0 })
      } else yield* finish(context, watch, polled)
    }).pipe(
      Effect.tapError(context.outage.begin),
      // a span for each statement and request would be a fifth of the work
      Effect.withTracerEnabled(false),
    )

/** The milliseconds in which polls without news write nothing but the next poll. */
const quietTime = 300_000

const withQuiet = (watch: Watch, quiet: number): Watch => ({
  ...watch,
  history: { ...watch.history, quiet: watch.history.quiet + quiet },
})

const same = ({ state, history, fingerprint, status, fault }: Watch): Omit<Done, 'delay'> => ({
  result: { state, reason: '', history, fingerprint, status, fault },
  write: Effect.void,
  tell: [],
})

const finish = (
  { store, queue, publish }: PollContext,
  watch: Watch,
  { result, delay = 0, write, tell, remember }: Done,
): Effect.Effect<void, DatabaseError> =>
  Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const nextPollAt = result.state === 'active' ? Math.round(now + delay * 1000) : 0
    yield* store.sql.withTransaction(
      Effect.gen(function* () {
        yield* write
        const isMine = yield* finishPoll(store.sql)(watch, { ...result, nextPollAt }, now)
        if (result.state !== 'active' || watch.lastPollAt === 0) yield* notifyOthers(store.sql)
        if (isMine && result.state === 'active')
          yield* offerPoll(queue, { watch: watch.watch, n: watch.poll + 1, quiet: 0 }, delay)
      }),
    )
    remember?.()
    if (tell.length > 0) yield* Effect.forEach(tell, publish)
  })

const pollRun = (
  { store, pages, pace }: PollContext,
  watch: Watch,
  client: Client,
): Effect.Effect<Done, DatabaseError | ServiceError> =>
  Effect.gen(function* () {
    const runId = watch.runId as string
    const { known, remember } = pages.of(watch.watch, runId)
    const seen = yield* look(client, runId, {
      known,
      before: watch.fingerprint,
    })
    const { run, observations, forStore, hasEnded } = seen
    // of a run that was seen before its end this would trust the clock too much
    const now = yield* Clock.currentTimeMillis
    const isOver = watch.fingerprint === undefined && isLongOver(run, now)
    const next = afterPoll(
      watch.history,
      outcomeOf(seen),
      isOver ? { ...pace, settle: [] } : pace,
      Math.random(),
    )
    const isComplete = next.delay === undefined
    const { status } = run
    const about = { watch: watch.watch, runId }
    const fault = seen.odd[0] === undefined ? '' : `a record is not kept: ${seen.odd[0]}`
    return {
      result: {
        state: isComplete ? 'ended' : 'active',
        reason: '',
        history: next.history,
        fingerprint: seen.fingerprint,
        status,
        fault,
      },
      delay: next.delay,
      isQuiet:
        observations.length === 0 && !hasEnded && watch.history.failures === 0 && fault === watch.fault,
      // a file that is missing was asked about, and is not stored
      ...(seen.missingFiles.length === 0 ? { remember } : {}),
      write: observations.length === 0 ? Effect.void : store.append(forStore),
      tell: [
        ...(observations.length === 0
          ? []
          : [{ _tag: 'Seen', ...about, run, observations, hasEnded } as const]),
        ...newFault(watch, fault, next.delay === undefined ? 0 : now + next.delay * 1000),
        ...(isComplete ? [{ _tag: 'Complete', ...about, status } as const] : []),
      ],
    }
  })

const pollAll = (
  { store, queue, pace }: PollContext,
  watch: Watch,
  client: Client,
): Effect.Effect<Done, DatabaseError | ServiceError> =>
  Effect.gen(function* () {
    const { connection, history, poll } = watch
    const kept = history.failures === 0 ? watch.fault : '' // that of a record may stay
    const { ids, fault = kept } = yield* findRuns(store.sql, client, { connection, poll })
    const now = yield* Clock.currentTimeMillis
    const outcome = { hasNews: ids.length > 0, hasEnded: false, isFileMissing: false }
    const next = afterPoll(history, outcome, pace, Math.random())
    const write = Effect.gen(function* () {
      const added = yield* addWatches(store.sql)(connection, ids, now)
      yield* Effect.forEach(added, one => offerPoll(queue, { watch: one.watch, n: one.poll, quiet: 0 }, 0))
    })
    return {
      ...same(watch),
      result: { ...same(watch).result, history: next.history, fault },
      delay: next.delay,
      write,
      tell: [
        ...ids.map(runId => ({ _tag: 'Found', watch: watch.watch, runId }) as const),
        ...newFault(watch, fault, now + (next.delay ?? 0) * 1000),
      ],
    }
  })

/** Tells the fault of a poll, unless it is that of the poll before. */
const newFault = (watch: Watch, message: string, nextPollAt: number): ReadonlyArray<WatchChange> =>
  message === '' || message === watch.fault
    ? []
    : [{ _tag: 'Fault', watch: watch.watch, runId: watch.runId, message, nextPollAt }]

/** The polls that a run may be missing for: one that was just created, and one that was there. */
const maxNotFound = { unseen: 2, seen: 5 }

const failed = (
  { store, pace }: PollContext,
  watch: Watch,
  error: ServiceError,
  now: number,
): Effect.Effect<Done> => {
  const { message, kind } = error
  const wait = ((error.notBefore ?? 0) - now) / 1000
  const next: NextPoll & { readonly delay: number } = afterFailure(watch.history, wait, pace, Math.random())
  // too many requests of a key: all its runs wait
  const notBefore = error.notBefore ?? (kind === 'RateLimited' ? now + next.delay * 1000 : 0)
  const about = { watch: watch.watch, runId: watch.runId }
  const isMissing = kind === 'NotFound'
  const patience = watch.fingerprint === undefined ? maxNotFound.unseen : maxNotFound.seen
  const mayPass = isMissing ? next.history.failures < patience : isTransient(error)
  if (mayPass) {
    const nextPollAt = now + next.delay * 1000
    return Effect.succeed({
      result: { ...same(watch).result, history: next.history, fault: message },
      delay: next.delay,
      write: notBefore > 0 ? postpone(store.sql)(watch.connection, notBefore) : Effect.void,
      tell: [{ _tag: 'Fault', ...about, message, nextPollAt }],
    })
  }
  return Effect.succeed({
    result: {
      ...same(watch).result,
      state: 'paused',
      reason: message,
      fault: message,
      history: next.history,
    },
    delay: undefined,
    // a key that is refused for one run is refused for all
    write: kind === 'Unauthorized' ? pauseConnection(store.sql)(watch, message) : Effect.void,
    tell: [{ _tag: 'Paused', ...about, reason: message }],
  })
}
