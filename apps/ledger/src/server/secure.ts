import * as Effect from 'effect/Effect'
import * as HttpServerError from 'effect/http/HttpServerError'
import * as HttpServerRequest from 'effect/http/HttpServerRequest'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import { type Access, ownMachine, refuseStranger } from './access.ts'
import { errorResponse, noSuchPage, stopping } from './ApiError.ts'
import { noSuchType, refuseCrossSite } from './sameOrigin.ts'

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
}

/** A browser asks for the token as a password. */
const challenge = { 'www-authenticate': 'Basic realm="finetune-ledger", charset="UTF-8"' }

/** Methods of the API. */
const methods = 'GET, HEAD, POST, PATCH, DELETE'

/**
 * Secures a server: it answers only requests to its own names (against DNS rebinding) with its
 * token, if it has one, changes something only for its own page (against forged requests), and
 * every response, errors included, has headers that keep a browser from running or guessing
 * content.
 */
export const secure = <E, R>(
  app: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>,
  access: Access = ownMachine,
) =>
  Effect.map(
    Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ method, url, headers }) => {
      const refused = refuseStranger(access, url, headers) ?? refuseCrossSite(method, headers)
      if (refused !== undefined)
        return Effect.succeed(
          HttpServerResponse.setHeaders(errorResponse(refused), refused.status === 401 ? challenge : {}),
        )
      return Effect.map(
        Effect.catchCause(app, cause =>
          Effect.map(HttpServerError.causeResponse(cause), ([response]) => response),
        ),
        response => withSentence(method, response),
      )
    }),
    response =>
      HttpServerResponse.setHeaders(response, {
        'cache-control': 'no-cache',
        ...response.headers,
        ...headers,
      }),
  )

/** Fills the empty body of an error with a sentence. */
const withSentence = (
  method: string,
  response: HttpServerResponse.HttpServerResponse,
): HttpServerResponse.HttpServerResponse => {
  const { status, body, headers } = response
  if (status < 400 || headers['content-type']?.startsWith('application/json') === true) return response
  if (body._tag !== 'Empty' && status !== 415) return response
  if (status === 404 && method !== 'GET' && method !== 'HEAD')
    return HttpServerResponse.setHeader(
      errorResponse({ status: 405, message: `${method}: nothing here takes this method.` }),
      'allow',
      methods,
    )
  return errorResponse({ status, message: sentences[status] ?? 'The server cannot answer this.' })
}

const sentences: Readonly<Record<number, string>> = {
  404: noSuchPage,
  405: 'Nothing here takes this method.',
  413: 'The body is too large: at most 64 KiB of JSON are taken.',
  415: noSuchType,
  416: 'Range: the file ends before it. Leave the header out.',
  503: stopping,
}
