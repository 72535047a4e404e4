import * as Effect from 'effect/Effect'
import type * as Pull from 'effect/Pull'
import * as Stream from 'effect/Stream'

/**
 * Flattens iterables lazily, one value at a time. It makes no stream for each iterable: the scope
 * of such a stream would keep its values until a full garbage collection.
 */
export const flattenLazily = <A, E, R>(iterables: Stream.Stream<Iterable<A>, E, R>): Stream.Stream<A, E, R> =>
  Stream.transformPull(iterables, upstream =>
    Effect.sync(() => {
      let waiting: ReadonlyArray<Iterable<A>> = []
      let at = 0
      let current: Iterator<A> | undefined
      const pull: Pull.Pull<readonly [A], E> = Effect.suspend(() => {
        for (;;) {
          const next = current?.next()
          if (next?.done === false) return Effect.succeed([next.value] as const)
          if (at === waiting.length) break
          current = waiting[at++]?.[Symbol.iterator]()
        }
        current = undefined
        return Effect.flatMap(upstream, more => {
          waiting = more
          at = 0
          return pull
        })
      })
      return pull
    }),
  )
