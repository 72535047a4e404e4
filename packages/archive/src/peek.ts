import * as Effect from 'effect/Effect'
import * as Pull from 'effect/Pull'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'

/** The beginning of a stream, and all of it: nothing that was looked at is lost. */
export interface PeekedStream<E> {
  readonly beginning: ReadonlyArray<Uint8Array>
  /** Whether the beginning is all there is. */
  readonly ended: boolean
  readonly all: Stream.Stream<Uint8Array, E>
}

/** How much of an input is looked at before what it holds is given up on. */
export const maxBytes = 16 * 1024 * 1024

/** Looks at the pieces of a stream until one of them is enough. */
export const peek = <E>(
  stream: Stream.Stream<Uint8Array, E>,
  isEnough: (piece: Uint8Array) => boolean,
): Effect.Effect<PeekedStream<E>, E, Scope.Scope> =>
  Effect.gen(function* () {
    const pull = yield* Stream.toPull(stream)
    const beginning: Array<Uint8Array> = []
    let size = 0
    let enough = false
    while (!enough && size < maxBytes) {
      const pieces = yield* Pull.catchDone(pull, () => Effect.succeed(undefined))
      if (pieces === undefined) return { beginning, ended: true, all: Stream.fromIterable(beginning) }
      for (const piece of pieces) {
        beginning.push(piece)
        size += piece.length
        enough ||= isEnough(piece)
      }
    }
    const rest: Stream.Stream<Uint8Array, E> = Stream.fromPull(Effect.succeed(pull))
    return { beginning, ended: false, all: Stream.concat(Stream.fromIterable(beginning), rest) }
  })
