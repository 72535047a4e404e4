import * as Effect from 'effect/Effect'
import * as Pull from 'effect/Pull'
import type * as Scope from 'effect/Scope'
import * as Result from 'effect/Result'
import * as Stream from 'effect/Stream'

/** The beginning of a stream, and the whole stream, the beginning included. */
export interface PeekedStream<E> {
  readonly beginning: ReadonlyArray<Uint8Array>
  /** True if the beginning is all there is. */
  readonly isWhole: boolean
  readonly all: Stream.Stream<Uint8Array, E>
}

/** The most bytes of an input that are read before it is judged: 16 MiB. */
export const maxPeekBytes = 16 * 1024 * 1024

/**
 * Reads a stream until `isEnough` returns true for a chunk, the stream ends or {@link maxPeekBytes}
 * have come. If the stream fails before that, it fails again after its beginning.
 */
export const peek = <E>(
  stream: Stream.Stream<Uint8Array, E>,
  isEnough: (chunk: Uint8Array) => boolean,
): Effect.Effect<PeekedStream<E>, E, Scope.Scope> =>
  Effect.gen(function* () {
    const pull = yield* Stream.toPull(stream)
    const beginning: Array<Uint8Array> = []
    let size = 0
    let isDone = false
    while (!isDone && size < maxPeekBytes) {
      const next = yield* Effect.result(Pull.catchDone(pull, () => Effect.succeed(undefined)))
      if (Result.isFailure(next)) {
        if (beginning.length === 0) return yield* Effect.fail(next.failure)
        const all = Stream.concat(oneByOne(beginning), Stream.fail(next.failure))
        return { beginning, isWhole: true, all }
      }
      const chunks = next.success
      if (chunks === undefined) return { beginning, isWhole: true, all: oneByOne(beginning) }
      for (const chunk of chunks) {
        beginning.push(chunk)
        size += chunk.length
        isDone ||= isEnough(chunk)
      }
    }
    const rest: Stream.Stream<Uint8Array, E> = Stream.fromPull(Effect.succeed(pull))
    return { beginning, isWhole: false, all: Stream.concat(oneByOne(beginning), rest) }
  })

/**
 * A reader may compute its results lazily, so that no chunk may be pushed before those of the last
 * one are taken.
 */
const oneByOne = (chunks: ReadonlyArray<Uint8Array>): Stream.Stream<Uint8Array> =>
  Stream.fromIterable(chunks, { chunkSize: 1 })
