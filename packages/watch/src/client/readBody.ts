import * as zlib from 'node:zlib'
import * as Effect from 'effect/Effect'
import type { HttpClientResponse } from 'effect/http/HttpClientResponse'
import * as Stream from 'effect/Stream'
import { type Asked, fromNetworkError, type ServiceError, serviceError } from './ServiceError.ts'

/**
 * Reads the body of an answer as UTF-8, decompressed; one that is larger than the limit is not read
 * further. No compression is asked for, and a gateway may compress all the same (RFC 9110, 12.5.3).
 */
export const readBody = (
  response: HttpClientResponse,
  maxBytes: number,
  asked: Asked,
): Effect.Effect<string, ServiceError> =>
  Effect.suspend(() => {
    const chunks: Array<Uint8Array> = []
    let size = 0
    return response.stream.pipe(
      Stream.mapError(error => fromNetworkError(error, asked)),
      Stream.runForEachArray(some => {
        for (const chunk of some) {
          size += chunk.length
          chunks.push(chunk)
        }
        return size > maxBytes ? Effect.fail(tooLarge(maxBytes, asked)) : Effect.void
      }),
      Effect.andThen(() =>
        decompress(Buffer.concat(chunks, size), response.headers['content-encoding'], maxBytes, asked),
      ),
      Effect.map(bytes => bytes.toString('utf8')),
    )
  })

type Decompressor = (
  body: Buffer,
  options: { readonly maxOutputLength: number },
  done: (error: Error | null, bytes: Buffer) => void,
) => void

/** The decompressors of Node by content coding. Zstandard exists since 22.15. */
const decompressors: Readonly<Record<string, Decompressor | undefined>> = {
  gzip: zlib.gunzip,
  'x-gzip': zlib.gunzip,
  deflate: zlib.inflate,
  br: zlib.brotliDecompress,
  zstd: zlib.zstdDecompress,
}

/** A body that is not what its header says stays as it is: some proxies forget the header. */
const decompress = (
  body: Buffer,
  coding: string | undefined,
  maxBytes: number,
  asked: Asked,
): Effect.Effect<Buffer, ServiceError> => {
  const decompressor = decompressors[coding?.trim().toLowerCase() ?? '']
  if (decompressor === undefined) return Effect.succeed(body)
  return Effect.callback(resume =>
    decompressor(body, { maxOutputLength: maxBytes }, (error, bytes) =>
      resume(
        error === null
          ? Effect.succeed(bytes)
          : (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
            ? Effect.fail(tooLarge(maxBytes, asked))
            : Effect.succeed(body),
      ),
    ),
  )
}

const tooLarge = (maxBytes: number, { subject }: Asked): ServiceError =>
  serviceError(
    'TooLarge',
    `${subject}: the answer is larger than ${maxBytes >> 20} MiB. It was not read; check the base URL.`,
  )
