import { randomUUID } from 'node:crypto'
import type { Store, StoreError } from '@finetune-kit/store'
import * as Cache from 'effect/Cache'
import * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Schedule from 'effect/Schedule'
import * as Stream from 'effect/Stream'
import * as SubscriptionRef from 'effect/SubscriptionRef'
import type { ChangeNotice } from '../api/changes.ts'
import * as RunKey from './RunKey.ts'
import { runRow } from './runRow.ts'

/** The live changes of a store, looked for once for all readers. */
export interface LiveChanges {
  /** Notices after a cursor; the first one comes at once. Default: the present. */
  readonly after: (cursor: number | undefined) => Stream.Stream<ChangeNotice, StoreError>
}

/** The most runs of a notice. */
const maxRuns = 100

/** The most notices that are kept. */
const maxNotices = 20

/** The time between two notices. */
const pause = Stream.drain(Stream.fromEffect(Effect.sleep('500 millis')))

/** Follows the changes of a store for as long as the scope lives. */
export const make = (store: Store) =>
  Effect.gen(function* () {
    const last = yield* SubscriptionRef.make(yield* store.lastChange)
    yield* store.liveChanges.pipe(
      Stream.runForEach(seq => SubscriptionRef.set(last, seq)),
      // a lost connection is opened again
      Effect.retry(Schedule.spaced('2 seconds')),
      Effect.forkScoped,
    )
    // those who have seen the same get the same notice
    const server = randomUUID()
    const notices = yield* Cache.makeWith(
      (key: string) =>
        Effect.map(noticeAfter(store, Number(key.split(' ')[0])), notice => ({ ...notice, server })),
      {
        capacity: maxNotices,
        timeToLive: exit => (Exit.isSuccess(exit) ? Duration.infinity : Duration.zero),
      },
    )
    const notice = (seen: number) =>
      Effect.flatMap(store.lastChange, seq => Cache.get(notices, `${seen} ${seq}`))
    const after = (cursor: number | undefined): Stream.Stream<ChangeNotice, StoreError> =>
      Stream.unwrap(
        Effect.map(cursor === undefined ? store.lastChange : Effect.succeed(cursor), from => {
          // many changes while a reader is busy are one
          const later = SubscriptionRef.changes(last).pipe(
            Stream.buffer({ capacity: 1, strategy: 'sliding' }),
            Stream.map(() => false),
          )
          return Stream.concat(Stream.succeed(true), later).pipe(
            Stream.mapAccumEffect(
              () => from,
              (seen: number, isFirst) =>
                Effect.map(notice(seen), notice => {
                  const isNews = isFirst || notice.seq !== seen
                  return [notice.seq, isNews ? [notice] : []] as const
                }),
            ),
            Stream.flatMap(notice => Stream.concat(Stream.succeed(notice), pause)),
          )
        }),
      )
    return { after } satisfies LiveChanges
  })

/** The changes after a cursor. One beyond the end is of another database: all may have changed. */
const noticeAfter = (store: Store, cursor: number): Effect.Effect<Omit<ChangeNotice, 'server'>, StoreError> =>
  Effect.gen(function* () {
    const seq = yield* store.lastChange
    if (cursor > seq) return { seq, runs: [], deleted: [], complete: false }
    const { runs, deleted, hasMore, seq: end } = yield* store.changes(cursor, maxRuns)
    return {
      seq: hasMore ? Math.max(seq, end) : end,
      runs: runs.map(runRow),
      deleted: deleted.map(RunKey.print),
      complete: !hasMore,
    }
  })
