import * as Cause from 'effect/Cause'
import * as Effect from 'effect/Effect'
import * as Pull from 'effect/Pull'
import * as Stream from 'effect/Stream'
import type { Damage, Decompressor } from './Decompressor.ts'

/** Runs a decompressor over a stream. Emits all that came out before a damage, then fails. */
export const decompressChunks =
  <F>({ push, end, close }: Decompressor, failure: (damage: Damage) => F) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<Uint8Array, E | F, R> =>
    Stream.transformPull(bytes, upstream =>
      Effect.sync(() => {
        let waiting: ReadonlyArray<Uint8Array> = []
        let at = 0
        let output: ReturnType<Decompressor['push']> | undefined
        const nextChunks = Pull.catchDone(upstream, () =>
          Effect.flatMap(
            Effect.promise(end),
            (damage): Pull.Pull<never, F> =>
              damage === undefined ? Cause.done() : Effect.fail(failure(damage)),
          ),
        )
        const pull: Pull.Pull<readonly [Uint8Array], E | F> = Effect.suspend(() => {
          const chunk = waiting[at]
          if (output === undefined && chunk !== undefined) {
            at++
            output = push(chunk)
          }
          const current = output
          if (current !== undefined)
            return Effect.flatMap(
              Effect.promise(() => current.next()),
              next => {
                if (next.done !== true) return Effect.succeed([next.value] as const)
                output = undefined
                return next.value === undefined ? pull : Effect.fail(failure(next.value))
              },
            )
          return Effect.flatMap(nextChunks, chunks => {
            waiting = chunks
            at = 0
            return pull
          })
        })
        return pull
      }),
    ).pipe(Stream.ensuring(Effect.sync(close)))
