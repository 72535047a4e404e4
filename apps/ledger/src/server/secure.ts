import * as Effect from 'effect/Effect'
import * as HttpServerError from 'effect/http/HttpServerError'
import * as HttpServerRequest from 'effect/http/HttpServerRequest'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import { errorResponse } from './errorResponse.ts'

/** The policy: the page loads only its own files. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
}

/**
 * Secures a server for this machine alone: it only reads, it answers only requests to a loopback
 * host name (against DNS rebinding), and every response, errors included, has headers that keep a
 * browser from running or guessing content.
 */
export const secure = <E, R>(app: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>) =>
  Effect.map(
    Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ method, headers: { host = '' } }) => {
      if (!isLoopback(host))
        return Effect.succeed(errorResponse(421, 'This server answers to its own machine only.'))
      if (method !== 'GET' && method !== 'HEAD')
        return Effect.succeed(
          HttpServerResponse.setHeader(errorResponse(405, 'This server only reads.'), 'allow', 'GET, HEAD'),
        )
      return Effect.map(
        Effect.catchCause(app, cause =>
          Effect.map(HttpServerError.causeResponse(cause), ([response]) => response),
        ),
        spoken,
      )
    }),
    HttpServerResponse.setHeaders(headers),
  )

/** Fills the empty body of an error with a sentence. */
const spoken = (response: HttpServerResponse.HttpServerResponse): HttpServerResponse.HttpServerResponse => {
  const { status, body } = response
  if (status < 400 || body._tag !== 'Empty') return response
  return errorResponse(status, status === 404 ? 'No such page.' : 'The server cannot answer this.')
}

const isLoopback = (host: string): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)
