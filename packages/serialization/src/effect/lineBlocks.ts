import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type { Block } from './serveBlocks.ts'

/** A line that is longer than a block may be: workers cannot share the input out. */
export interface LineTooLongError {
  readonly _tag: 'LineTooLongError'
  /** Where the block begins that has no line end, in bytes from 0. */
  readonly offset: number
  readonly maxBytes: number
}

const usualBytes = 256 * 1024
const maxBytes = 64 * 1024 * 1024

/**
 * An input of lines as blocks of about 256 KiB that end where a line does, each in memory of its
 * own.
 */
export const lineBlocks = <E, R>(
  bytes: Stream.Stream<Uint8Array, E, R>,
): Stream.Stream<Block, E | LineTooLongError, R> =>
  Stream.suspend(() => {
    let held: Array<Uint8Array> = []
    let holding = 0
    let offset = 0
    const cut = ({ piece, at }: Place): ReadonlyArray<Block> => {
      const parts = held.map((bytes, i) => (i < piece ? bytes : bytes.subarray(0, i === piece ? at : 0)))
      // one copy: what stays behind in this thread is nothing that the collector has to find
      const bytes = new Uint8Array(parts.reduce((n, part) => n + part.length, 0))
      let to = 0
      for (const part of parts) {
        bytes.set(part, to)
        to += part.length
      }
      held = held.flatMap((rest, i) => (i < piece ? [] : [i === piece ? rest.subarray(at) : rest]))
      holding -= bytes.length
      offset += bytes.length
      return [{ bytes, offset: offset - bytes.length }]
    }
    return bytes.pipe(
      Stream.mapAccumEffect(
        () => usualBytes,
        (wanted, piece) => {
          held.push(piece)
          holding += piece.length
          if (holding < wanted) return Effect.succeed([wanted, [] as ReadonlyArray<Block>] as const)
          const end = lastLineEnd(held)
          if (end !== undefined) return Effect.succeed([usualBytes, cut(end)] as const)
          // asked again only when there is twice as much: looking for an end that is not there must not cost the square
          if (holding < maxBytes) return Effect.succeed([2 * holding, []] as const)
          return Effect.fail<LineTooLongError>({ _tag: 'LineTooLongError', offset, maxBytes })
        },
      ),
      Stream.concat(
        Stream.suspend(() => Stream.fromArray(holding === 0 ? [] : cut({ piece: held.length, at: 0 }))),
      ),
    )
  })

/** In which of several pieces, and where in it. */
interface Place {
  readonly piece: number
  readonly at: number
}

/**
 * After the last line feed; without one, after the last carriage return that no line feed can
 * follow.
 */
const lastLineEnd = (pieces: ReadonlyArray<Uint8Array>): Place | undefined => {
  const last = pieces.length - 1
  return (
    behind(pieces, piece => piece.lastIndexOf(10)) ??
    behind(pieces, (piece, i) => (i === last ? piece.subarray(0, -1) : piece).lastIndexOf(13))
  )
}

const behind = (
  pieces: ReadonlyArray<Uint8Array>,
  find: (bytes: Uint8Array, i: number) => number,
): Place | undefined => {
  for (let i = pieces.length - 1; i >= 0; i--) {
    const found = find(pieces[i] as Uint8Array, i)
    if (found !== -1) return { piece: i, at: found + 1 }
  }
  return undefined
}
