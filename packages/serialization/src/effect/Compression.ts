import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import * as NodeStream from '@effect/platform-node/NodeStream'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type { Compression } from '../Compression.ts'
import { type FileError, fileError } from './FileError.ts'
import { zstdFrames } from './zstdFrames.ts'

export { type Compression, compressionOf as ofName } from '../Compression.ts'

/**
 * How much may come out of a compressed input: guards against small files that unfold without end.
 */
export interface Limits {
  /** The most bytes that may come out: no limit unless said otherwise. */
  readonly maxBytes?: number
  /**
   * How many times as many bytes may come out as went in, once 64 MiB have: 400 unless said
   * otherwise.
   */
  readonly maxRatio?: number
}

const freeBytes = 64 * 1024 * 1024

/**
 * The bytes that were compressed, by gzip and zstd also in several parts one behind the other. What
 * came out before the input turned out to be damaged or too much is given.
 */
export const decompress =
  (compression: Compression, name: string, limits: Limits = {}) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<Uint8Array, E | FileError, R> =>
    Stream.suspend(() => {
      const { maxBytes = Number.POSITIVE_INFINITY, maxRatio = 400 } = limits
      let taken = 0
      let given = 0
      let inner: Unpacker | undefined
      const counted = Stream.tap(bytes, piece => Effect.sync(() => void (taken += piece.length)))
      const frames = zstdFrames()
      return (compression === 'zstd' ? Stream.flattenIterable(Stream.map(counted, frames)) : counted).pipe(
        NodeStream.pipeThroughDuplex<Uint8Array, FileError>({
          evaluate: () => (inner = transform[compression].decompress()),
          onError: error => fileError(name, `its ${compression} data is damaged: ${reasonOf(error)}`),
          chunkSize: 1,
        }),
        Stream.mapEffect(piece => {
          given += piece.length
          if (given > maxBytes)
            return Effect.fail(fileError(name, `it unpacks to more than ${maxBytes} bytes`))
          if (given > freeBytes && given > maxRatio * taken)
            return Effect.fail(fileError(name, `it unpacks to more than ${maxRatio} times its size`))
          return Effect.succeed(piece)
        }),
        Stream.concat(
          Stream.suspend(() => {
            const more = compression === 'brotli' ? taken - (inner?.bytesWritten ?? taken) : 0
            return more === 0
              ? Stream.empty
              : Stream.fail(fileError(name, `behind its brotli data there are ${more} bytes or more`))
          }),
        ),
      )
    })

/** The bytes, compressed. */
export const compress =
  (compression: Compression, name: string) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<Uint8Array, E | FileError, R> =>
    NodeStream.pipeThroughDuplex(bytes, {
      evaluate: () => transform[compression].compress(),
      onError: (error): FileError => fileError(name, `it cannot be compressed: ${reasonOf(error)}`),
      chunkSize: 1,
    })

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const zstd = (make: 'createZstdCompress' | 'createZstdDecompress') => (): Unpacker => {
  // Node has it since 22.15; on an older one this is an error of the stream, not of the program
  if (typeof zlib[make] !== 'function') throw new Error('zstd needs Node 22.15 or newer')
  return zlib[make]()
}

/** `bytesWritten` is how many bytes it has made use of. */
type Unpacker = Transform & { readonly bytesWritten: number }

const transform: Readonly<Record<Compression, { compress: () => Transform; decompress: () => Unpacker }>> = {
  gzip: { compress: () => zlib.createGzip(), decompress: () => zlib.createGunzip() },
  zstd: { compress: zstd('createZstdCompress'), decompress: zstd('createZstdDecompress') },
  brotli: {
    // the default quality of 11 is for files that are packed once and served for ever
    compress: () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } }),
    decompress: () => zlib.createBrotliDecompress(),
  },
}
