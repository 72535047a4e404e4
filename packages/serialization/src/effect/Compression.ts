import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import * as NodeStream from '@effect/platform-node/NodeStream'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type { Compression } from '../Compression.ts'
import { type FileError, fileError } from './FileError.ts'
import { zstdFrames } from './zstdFrames.ts'

export { type Compression, compressionOf as ofName } from '../Compression.ts'

/** Limits of decompression, against decompression bombs. */
export interface Limits {
  /** The most bytes of output. Default: no limit. */
  readonly maxBytes?: number
  /** The largest ratio of output to input, checked after 64 MiB of output. Default: 400. */
  readonly maxRatio?: number
}

const freeBytes = 64 * 1024 * 1024

/**
 * Decompresses a stream; gzip and zstd also as several concatenated members or frames. Emits what
 * was decompressed before damage or a limit is found.
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
      return (
        compression === 'zstd' ? Stream.flattenIterable(Stream.map(counted, frames.split)) : counted
      ).pipe(
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
            if (frames.isInside())
              return Stream.fail(
                fileError(name, `its ${compression} data is damaged: unexpected end of file`),
              )
            const more = compression === 'brotli' ? taken - (inner?.bytesWritten ?? taken) : 0
            return more === 0
              ? Stream.empty
              : Stream.fail(fileError(name, `at least ${more} bytes follow its brotli data`))
          }),
        ),
      )
    })

/** Compresses a stream. */
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
  // exists since Node 22.15; without it the stream fails, not the program
  if (typeof zlib[make] !== 'function') throw new Error('zstd needs Node 22.15 or newer')
  return zlib[make]()
}

/** `bytesWritten` is the number of input bytes consumed. */
type Unpacker = Transform & { readonly bytesWritten: number }

const transform: Readonly<Record<Compression, { compress: () => Transform; decompress: () => Unpacker }>> = {
  gzip: { compress: () => zlib.createGzip(), decompress: () => zlib.createGunzip() },
  zstd: { compress: zstd('createZstdCompress'), decompress: zstd('createZstdDecompress') },
  brotli: {
    // the default quality, 11, is for files that are compressed once and served often
    compress: () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } }),
    decompress: () => zlib.createBrotliDecompress(),
  },
}
