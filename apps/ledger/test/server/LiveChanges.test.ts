import { type Store, storeError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as SubscriptionRef from 'effect/SubscriptionRef'
import { expect, test } from 'vitest'
import * as LiveChanges from '../../src/server/LiveChanges.ts'

/** A store whose last change is set by the test, and which counts how often its changes are read. */
const counting = Effect.map(SubscriptionRef.make(1), last => {
  const count = { reads: 0, failures: 0 }
  const store: Partial<Store> = {
    lastChange: SubscriptionRef.get(last),
    liveChanges: SubscriptionRef.changes(last),
    changes: after =>
      Effect.flatMap(SubscriptionRef.get(last), seq => {
        count.reads++
        return count.failures-- > 0
          ? Effect.fail(storeError('Locked', 'locked.'))
          : Effect.succeed({ runs: [], deleted: [{ id: `${after}`, born: 0 }], seq, hasMore: false })
      }),
  }
  return { last, count, store: store as Store }
})

test('changes are read once for all who have seen the same, and again after a failure', () =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const { last, count, store } = yield* counting
        const { after } = yield* LiveChanges.make(store)
        const first = Stream.runHead(after(0))
        yield* Effect.all(
          Array.from({ length: 50 }, () => first),
          { concurrency: 'unbounded' },
        )
        expect(count.reads).toBe(1)
        yield* SubscriptionRef.set(last, 2)
        count.failures = 1
        expect(yield* Effect.flip(first)).toMatchObject({ kind: 'Locked' })
        expect(yield* first).toMatchObject({ value: { seq: 2 } })
        yield* first
        expect(count.reads).toBe(3)
      }),
    ),
  ))

test('a reader who has missed too many changes is told so, and goes on from the present', () =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const store: Partial<Store> = {
          lastChange: Effect.succeed(9),
          liveChanges: Stream.never,
          changes: () => Effect.succeed({ runs: [], deleted: [], seq: 5, hasMore: true }),
        }
        const { after } = yield* LiveChanges.make(store as Store)
        expect(yield* Stream.runHead(after(0))).toMatchObject({ value: { seq: 9, complete: false } })
      }),
    ),
  ))

test('readers hear of changes again after the database was lost', () =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const { last, store } = yield* counting
        let looks = 0
        const liveChanges = Stream.suspend(() =>
          looks++ === 0 ? Stream.fail(storeError('Locked', 'locked.')) : SubscriptionRef.changes(last),
        )
        const { after } = yield* LiveChanges.make({ ...store, liveChanges })
        const told = after(1).pipe(
          // later than the look that a reader begins with
          Stream.tap(() => Effect.forkScoped(Effect.delay(SubscriptionRef.set(last, 2), '1 second'))),
          Stream.take(2),
          Stream.runCollect,
          Effect.timeout('60 seconds'),
        )
        expect((yield* told).map(({ seq }) => seq)).toEqual([1, 2])
      }),
    ),
  ))
