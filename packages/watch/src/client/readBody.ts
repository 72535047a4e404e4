import * as Effect from 'effect/Effect'
import type { HttpClientResponse } from 'effect/http/HttpClientResponse'
import * as Stream from 'effect/Stream'
import { type Asked, fromNetworkError, type ServiceError, serviceError } from './ServiceError.ts'

/** Reads the body of an answer as UTF-8; one that is larger than the limit is not read further. */
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
      Effect.map(() => Buffer.concat(chunks, size).toString('utf8')),
    )
  })

const tooLarge = (maxBytes: number, { subject }: Asked): ServiceError =>
  serviceError(
    'TooLarge',
    `${subject}: the answer is larger than ${maxBytes >> 20} MiB. It was not read; check the base URL.`,
  )
