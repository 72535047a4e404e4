import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import * as NodeStream from '@effect/platform-node/NodeStream'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { type Compression, freeBytes, maxRatio as defaultRatio } from '../Compression.ts'
import { damageError } from './decompress/damageError.ts'
import { decompressChunks } from './decompress/decompressChunks.ts'
import type { Decompressor } from './decompress/Decompressor.ts'
import { gunzip } from './decompress/gunzip.ts'
import { unbrotli } from './decompress/unbrotli.ts'
import { unzstd } from './decompress/unzstd.ts'
import { type FileError, fileError } from './FileError.ts'

export { type Compression, compressionOf as ofName } from '../Compression.ts'

/** Limits of decompression, against decompression bombs. */
export interface Limits {
  /** The most bytes of output. Default: no limit. */
  readonly maxBytes?: number
  /** The largest ratio of output to input, checked after 64 MiB of output. Default: 400. */
  readonly maxRatio?: number
}

/**
 * Decompresses a stream; gzip and zstd also as several concatenated members or frames. Emits what
 * was decompressed before damage or a limit is found. Damage fails with a `FileError` that says
 * where; the readers of records turn it into a reject.
 */
export const decompress =
  (compression: Compression, name: string, limits: Limits = {}) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<Uint8Array, E | FileError, R> =>
    Stream.suspend(() => {
      const { maxBytes = Number.POSITIVE_INFINITY, maxRatio = defaultRatio } = limits
      let taken = 0
      let given = 0
      const decompressor = decompressors[compression]()
      if (decompressor === undefined)
        return Stream.fail(
          fileError(name, `${compression} data, which needs Node 22.15 or newer. Unpack it first`),
        )
      return bytes.pipe(
        Stream.tap(piece => Effect.sync(() => void (taken += piece.length))),
        decompressChunks(decompressor, damage => damageError(name, compression, damage)),
        Stream.mapEffect(piece => {
          given += piece.length
          if (given > maxBytes)
            return Effect.fail(
              fileError(
                name,
                `it unpacks to more than ${maxBytes} bytes. Unpack it yourself, if you trust it`,
              ),
            )
          if (given > freeBytes && given > maxRatio * taken)
            return Effect.fail(
              fileError(
                name,
                `it unpacks to more than ${maxRatio} times its size. Unpack it yourself, if you trust it`,
              ),
            )
          return Effect.succeed(piece)
        }),
      )
    })

/** Compresses a stream. */
export const compress =
  (compression: Compression, name: string) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<Uint8Array, E | FileError, R> => {
    const evaluate = compressors[compression]
    if (evaluate === undefined)
      return Stream.fail(incompressible(name, `${compression} needs Node 22.15 or newer`))
    return NodeStream.pipeThroughDuplex(bytes, {
      evaluate,
      onError: error => incompressible(name, reasonOf(error)),
      chunkSize: 1,
    })
  }

const incompressible = (name: string, reason: string): FileError =>
  fileError(name, `it cannot be compressed: ${reason}. Write it without compression`)

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const decompressors: Readonly<Record<Compression, () => Decompressor | undefined>> = {
  gzip: gunzip,
  zstd: unzstd,
  brotli: unbrotli,
}

/** Undefined where the runtime has none. */
const compressors: Readonly<Record<Compression, (() => Transform) | undefined>> = {
  gzip: () => zlib.createGzip(),
  zstd:
    typeof zlib.createZstdCompress === 'function'
      ? () => zlib.createZstdCompress({ params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } })
      : undefined,
  // the default quality, 11, is for files that are compressed once and served often
  brotli: () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } }),
}
