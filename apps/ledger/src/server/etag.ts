import { createHash } from 'node:crypto'
import * as Effect from 'effect/Effect'
import * as HttpServerRequest from 'effect/http/HttpServerRequest'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'

/**
 * Adds an `ETag` to every whole answer to GET, and answers 304 without a body where the client has
 * it already. The tag is weak: compression changes the bytes.
 */
export const withEtag = <E, R>(app: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>) =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ method, headers }) =>
    Effect.map(app, response => {
      const { body, status } = response
      if (method !== 'GET' || status !== 200 || body._tag !== 'Uint8Array') return response
      const digest = createHash('sha256').update(body.body).digest('base64url').slice(0, 27)
      const etag = response.headers['etag'] ?? `W/"${digest}"`
      return isKnown(headers['if-none-match'], etag)
        ? HttpServerResponse.empty({ status: 304, headers: { etag } })
        : HttpServerResponse.setHeader(response, 'etag', etag)
    }),
  )

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
