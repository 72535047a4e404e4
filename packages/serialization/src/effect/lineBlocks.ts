import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { concat, copyOf } from '../internal/utf8.ts'
import type { Block } from './serve.ts'

/** A line that is longer than a block may be: workers cannot share the input out. */
export interface LineTooLong {
  readonly _tag: 'LineTooLong'
  /** Where the block begins that has no line end, in bytes from 0. */
  readonly offset: number
  readonly maxBytes: number
}

const usualBytes = 1024 * 1024
const maxBytes = 64 * 1024 * 1024

/** An input of lines as blocks of about 1 MiB that end where a line does, each in memory of its own. */
export const lineBlocks = <E, R>(
  bytes: Stream.Stream<Uint8Array, E, R>,
): Stream.Stream<Block, E | LineTooLong, R> =>
  Stream.suspend(() => {
    let held: Array<Uint8Array> = []
    let holding = 0
    let offset = 0
    const cut = (end: (all: Uint8Array) => number): ReadonlyArray<Block> => {
      const all = concat(held)
      const at = end(all)
      if (at === 0) return []
      const block = { bytes: copyOf(all, 0, at), offset }
      held = [copyOf(all, at)]
      holding = all.length - at
      offset += at
      return [block]
    }
    return bytes.pipe(
      Stream.mapAccumEffect(
        () => usualBytes,
        (wanted, piece) => {
          held.push(piece)
          holding += piece.length
          if (holding < wanted) return Effect.succeed([wanted, [] as ReadonlyArray<Block>] as const)
          const blocks = cut(lastLineEnd)
          if (blocks.length > 0) return Effect.succeed([usualBytes, blocks] as const)
          // asked again only when there is twice as much: looking for an end that is not there must not cost the square
          if (holding < maxBytes) return Effect.succeed([2 * holding, blocks] as const)
          return Effect.fail<LineTooLong>({ _tag: 'LineTooLong', offset, maxBytes })
        },
      ),
      Stream.concat(Stream.suspend(() => Stream.fromArray(cut(all => all.length)))),
    )
  })

/** After the last line feed; without one, after the last carriage return that no line feed can follow. */
const lastLineEnd = (bytes: Uint8Array): number => {
  const feed = bytes.lastIndexOf(10)
  return (feed === -1 ? bytes.subarray(0, -1).lastIndexOf(13) : feed) + 1
}
