import { hasEnded, type Observation, RecordKind, type Run } from '@finetune-kit/model'
import { type RunMark, type Store, type StoreError, toColumnText } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Schedule from 'effect/Schedule'
import * as Stream from 'effect/Stream'
import { type DatabaseError, toStoreError } from './toStoreError.ts'
import { readWatches, type Watch } from './Watch.ts'
import type { ToldChange } from './WatchChange.ts'
import { statesVersion } from './watchesVersion.ts'

/** The pause before a database that cannot be read is read again. */
const pause = Schedule.spaced('1 second')

/** A notice of a commit may get lost with its connection. */
const unnoticed = Schedule.spaced('30 seconds')

/**
 * The finds of all processes that poll a connection, each once, from the subscription on. They are
 * read from the store after each commit, by any process.
 */
export const toldChanges = (store: Store, connection: number): Stream.Stream<ToldChange, StoreError> =>
  Stream.unwrap(
    Effect.map(makeTeller(store, connection), look => {
      const ticks = Stream.merge(
        Stream.retry(store.commits, pause),
        Stream.fromSchedule(unnoticed) as Stream.Stream<unknown>,
      )
      return ticks.pipe(
        // commits during a look are one
        Stream.buffer({ capacity: 1, strategy: 'sliding' }),
        Stream.mapEffect(() => Effect.retry(look, pause)),
        Stream.flatMap(Stream.fromIterable),
      )
    }),
  )

/** Looks for what is new since the last look; the finds of one that fails stay for the next. */
const makeTeller = (store: Store, connection: number) =>
  Effect.gen(function* () {
    const { sql } = store
    const named = <A>(effect: Effect.Effect<A, DatabaseError>) => Effect.mapError(effect, toStoreError(store))
    // before the marks: what comes in between is beyond one of the two
    let cursor = yield* store.lastChange
    const present = yield* named(readWatches(sql)(connection))
    const marks = new Map(yield* store.marksOf(present.flatMap(({ runId }) => runId ?? [])))
    const states = new Map(present.map(({ watch, state }) => [watch, state]))
    let version = ''
    let found: Array<ToldChange> = []

    const lookAtRun = Effect.fnUntraced(function* (runId: string) {
      const [row] = yield* named(sql<{ readonly watch: number | bigint }>`
        select watch from watches where connection = ${connection} and run_key = ${toColumnText(runId)}`)
      if (row === undefined) return
      const { earlier, later, mark } = yield* store.observationsOf(runId, marks.get(runId) ?? nothing)
      const run = lastRun([...earlier, ...later])
      if (later.length > 0 && run !== undefined)
        found.push({
          _tag: 'Seen',
          watch: Number(row.watch),
          runId,
          run,
          observations: later,
          earlier,
          hasEnded: hasEnded(run),
        })
      marks.set(runId, mark)
    })

    return Effect.gen(function* () {
      // before the runs: all of a run that has ended is told before its end
      const now = yield* named(statesVersion(sql, connection))
      const watches = now === version ? undefined : yield* named(readWatches(sql)(connection))
      for (let isEnd = false; !isEnd; ) {
        const { runs, seq, hasMore } = yield* store.changes(cursor, pageSize)
        yield* Effect.forEach(runs, ({ id }) => Effect.catchIf(lookAtRun(id), isGone, () => Effect.void))
        cursor = seq
        isEnd = !hasMore
      }
      if (watches !== undefined) {
        found.push(...watches.flatMap(watch => endOf(watch, states.get(watch.watch))))
        found.push({ _tag: 'Watches', watches })
        for (const { watch, state } of watches) states.set(watch, state)
        version = now
      }
      const all = found
      found = []
      return all
    })
  })

/** Changed runs that are read at a time. */
const pageSize = 100

/** True if a run was deleted meanwhile. */
const isGone = ({ kind }: StoreError): boolean => kind === 'NotFound'

const nothing: RunMark = { entries: 0, item: 0 }

/** The last snapshot among observations. */
const lastRun = (observations: ReadonlyArray<Observation>): Run | undefined =>
  observations.findLast(({ record }) => {
    const kind = RecordKind.detect(record)
    return kind._tag === 'Right' && kind.right.isRun
  })?.record as Run | undefined

/** The end or the pause of a watch that had another state before. */
const endOf = (
  { watch, runId, state, status, reason }: Watch,
  before: Watch['state'] | undefined,
): ReadonlyArray<ToldChange> => {
  if (state === before) return []
  if (state === 'paused') return [{ _tag: 'Paused', watch, runId, reason }]
  return state === 'ended' && runId !== undefined ? [{ _tag: 'Complete', watch, runId, status }] : []
}
