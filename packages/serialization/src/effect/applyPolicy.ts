import type { NonEmptyReadonlyArray } from 'effect/Array'
import * as Effect from 'effect/Effect'
import type * as Pull from 'effect/Pull'
import * as Stream from 'effect/Stream'
import type { BadRecord, BadRecordPolicy } from './BadRecordPolicy.ts'
import type { Batch } from './Batch.ts'

/** Emits the values of each batch, then applies the policy to its bad records. */
export const applyPolicy =
  <E1, R1>(policy: BadRecordPolicy<E1, R1>) =>
  <B, E, R>(batches: Stream.Stream<Batch<B>, E, R>): Stream.Stream<B, E | E1 | BadRecord, R | R1> =>
    Stream.transformPull(batches, upstream =>
      Effect.sync(() => {
        let waiting: ReadonlyArray<Batch<B>> = []
        let at = 0
        let bad: ReadonlyArray<BadRecord> = []
        const pull: Pull.Pull<NonEmptyReadonlyArray<B>, E | E1 | BadRecord, void, R1> = Effect.suspend(() => {
          for (;;) {
            const [first, ...more] = bad
            bad = []
            if (first !== undefined)
              return policy === 'fail'
                ? Effect.fail(first)
                : Effect.flatMap(policy([first, ...more]), () => pull)
            const next = waiting[at++]
            if (next === undefined) break
            bad = next.bad
            if (isNonEmpty(next.values)) return Effect.succeed(next.values)
          }
          return Effect.flatMap(upstream, more => {
            waiting = more
            at = 0
            return pull
          })
        })
        return pull
      }),
    )

const isNonEmpty = <A>(all: ReadonlyArray<A>): all is NonEmptyReadonlyArray<A> => all.length > 0
