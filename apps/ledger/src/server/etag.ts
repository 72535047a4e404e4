import { createHash } from 'node:crypto'
import * as Effect from 'effect/Effect'
import * as HttpServerRequest from 'effect/http/HttpServerRequest'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'

/**
 * Adds an `ETag` to every whole answer to GET or HEAD, and answers 304 without a body where the
 * client has it already.
 */
export const withEtag = <E, R>(app: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>) =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ method, headers }) =>
    Effect.map(app, response => {
      const isRead = method === 'GET' || method === 'HEAD'
      if (!isRead || response.status !== 200 || response.body._tag !== 'Uint8Array') return response
      const answer = tag(response)
      const etag = answer.headers['etag'] ?? ''
      return isKnown(headers['if-none-match'], etag)
        ? HttpServerResponse.empty({ status: 304, headers: { etag, vary: 'Accept-Encoding' } })
        : answer
    }),
  )

/** Adds the `ETag` of its body to a response. It is weak: compression changes the bytes. */
export const tag = (
  response: HttpServerResponse.HttpServerResponse,
): HttpServerResponse.HttpServerResponse => {
  const { body, headers } = response
  if (body._tag !== 'Uint8Array' || headers['etag'] !== undefined) return response
  const digest = createHash('sha256').update(body.body).digest('base64url').slice(0, 27)
  return HttpServerResponse.setHeader(response, 'etag', `W/"${digest}"`)
}

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '')

/** Weak comparison, by RFC 9110, 13.1.2. */
const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean => {
  return (
    ifNoneMatch !== undefined &&
    ifNoneMatch
      .split(',')
      .map(opaque)
      .some(tag => tag === opaque(etag) || tag === '*')
  )
}
