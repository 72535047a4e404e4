import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { concatCopy } from '../bytes/utf8.ts'
import { damageReject } from './decompress/damageError.ts'
import type { Block } from './serveBlocks.ts'

/** A line that is longer than a block may be: the input cannot be shared out to workers. */
export interface LineTooLongError {
  readonly _tag: 'LineTooLongError'
  /** Offset, in bytes from 0, of the block without a line end. */
  readonly offset: number
  readonly maxBytes: number
}

const usualBytes = 256 * 1024
const maxBytes = 64 * 1024 * 1024

/**
 * Splits an input into blocks of about 256 KiB that end at a line end, each with memory of its own.
 * Fails with damage of compressed data after the lines before it.
 */
export const lineBlocks = <E, R>(
  bytes: Stream.Stream<Uint8Array, E, R>,
): Stream.Stream<Block, E | LineTooLongError, R> =>
  Stream.suspend(() => {
    let held: Array<Uint8Array> = []
    let holding = 0
    let offset = 0
    const cut = ({ piece, at }: ChunkIndex): ReadonlyArray<Block> => {
      const parts = held.map((bytes, i) => (i < piece ? bytes : bytes.subarray(0, i === piece ? at : 0)))
      // one copy, so that no chunks are left for the garbage collector of this thread
      const bytes = concatCopy(parts)
      held = held.flatMap((rest, i) => (i < piece ? [] : [i === piece ? rest.subarray(at) : rest]))
      holding -= bytes.length
      offset += bytes.length
      return [{ bytes, offset: offset - bytes.length }]
    }
    const rest = () => (holding === 0 ? [] : cut({ piece: held.length, at: 0 }))
    const whole = () => {
      const end = lastLineEnd(held)
      return end === undefined ? [] : cut(end)
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
          // searched again only when the data has doubled, so that the cost stays linear
          if (holding < maxBytes) return Effect.succeed([2 * holding, []] as const)
          return Effect.fail<LineTooLongError>({ _tag: 'LineTooLongError', offset, maxBytes })
        },
      ),
      Stream.concat(Stream.suspend(() => Stream.fromArray(rest()))),
      Stream.catch(error => {
        const damage = damageReject(error)
        const last = damage?.records === 0 ? rest() : damage && whole()
        return Stream.concat(Stream.fromArray(last ?? []), Stream.fail(error))
      }),
    )
  })

/** An index in one of several chunks. */
interface ChunkIndex {
  readonly piece: number
  readonly at: number
}

/**
 * The index after the last line feed; without one, after the last carriage return that no line feed
 * can follow.
 */
const lastLineEnd = (pieces: ReadonlyArray<Uint8Array>): ChunkIndex | undefined => {
  const last = pieces.length - 1
  return (
    lastIn(pieces, piece => piece.lastIndexOf(10)) ??
    lastIn(pieces, (piece, i) => (i === last ? piece.subarray(0, -1) : piece).lastIndexOf(13))
  )
}

const lastIn = (
  pieces: ReadonlyArray<Uint8Array>,
  find: (bytes: Uint8Array, i: number) => number,
): ChunkIndex | undefined => {
  for (let i = pieces.length - 1; i >= 0; i--) {
    const found = find(pieces[i] as Uint8Array, i)
    if (found !== -1) return { piece: i, at: found + 1 }
  }
  return undefined
}
