import { escapeUnprintable } from '@finetune-kit/codec'
import { ErrorResponse } from '@finetune-kit/model'
import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'
import * as Headers from 'effect/http/Headers'
import * as HttpClient from 'effect/http/HttpClient'
import * as HttpClientRequest from 'effect/http/HttpClientRequest'
import type { HttpClientResponse } from 'effect/http/HttpClientResponse'
import * as Duration from 'effect/Duration'
import * as Redacted from 'effect/Redacted'
import * as Schedule from 'effect/Schedule'
import * as Semaphore from 'effect/Semaphore'
import type { Address, ClientOptions } from './ClientOptions.ts'
import { readBody } from './readBody.ts'
import { requestBudget } from './requestBudget.ts'
import {
  type Asked,
  fromNetworkError,
  fromStatus,
  isTransient,
  type ServiceError,
  serviceError,
} from './ServiceError.ts'

type Query = Readonly<Record<string, string>>

/** GET requests to one service, with its key. Each is repeated as long as that may help. */
export interface Requests {
  /** The text of a file: anything but HTML, which a gateway sends. */
  readonly content: (path: ReadonlyArray<string>) => Effect.Effect<string, ServiceError>
  readonly json: (path: ReadonlyArray<string>, query?: Query) => Effect.Effect<unknown, ServiceError>
  /** The name of what a path leads to, for messages. */
  readonly subject: (path: ReadonlyArray<string>) => string
}

/** Milliseconds up to which a Retry-After is waited for; a later one is the caller's matter. */
const patience = 5000

/** The largest body of an error that is looked into. */
const maxErrorBytes = 65_536

/** @param http - follows no redirects, so that the key stays with this address */
export const makeRequests = (
  http: HttpClient.HttpClient,
  options: ClientOptions,
  { source, dialect, query: common }: Address,
): Requests => {
  const { timeout = 60_000, maxBytes = 32 << 20, attempts = 5, retryDelay = 250, concurrency = 8 } = options
  const key = options.key === undefined ? undefined : Redacted.value(options.key)
  const headers = headersOf(options, key, dialect === 'azure' && options.isBearer !== true)
  const semaphore = Semaphore.makeUnsafe(concurrency)
  const { requestsPerMinute } = options
  const budget = requestsPerMinute === undefined ? Effect.void : requestBudget(requestsPerMinute)
  let notBefore = 0

  // a half of a surrogate pair cannot be encoded: `get` refuses it
  const subject = (path: ReadonlyArray<string>) =>
    `${source}/${path.map(part => encodeURIComponent(part.toWellFormed())).join('/')}`
  const askedOf = (path: ReadonlyArray<string>): Asked => ({
    subject: escapeUnprintable(subject(path), 500),
    keyName: options.keyName,
    hasKey: key !== undefined,
    isAzure: dialect === 'azure',
    hasId: path.length > (path[0] === 'fine_tuning' ? 2 : 1),
  })

  const once = Effect.fnUntraced(function* (path: ReadonlyArray<string>, query: Query) {
    const asked = askedOf(path)
    yield* waitUntil(notBefore, asked)
    const request = HttpClientRequest.get(subject(path), { headers, urlParams: { ...common, ...query } })
    const response = yield* Effect.mapError(http.execute(request), error => fromNetworkError(error, asked))
    const isGood = response.status >= 200 && response.status < 300
    const body = yield* isGood ? readBody(response, maxBytes, asked) : readError(response, asked)
    const said = isGood ? undefined : saidIn(body, key)
    const now = yield* Clock.currentTimeMillis
    const after = isGood ? undefined : retryAfterOf(response, now)
    const error = fromStatus(response.status, said ?? locationOf(response, subject(path)), asked, after)
    if (error === undefined) return body
    if (error.kind === 'RateLimited') notBefore = Math.max(notBefore, after ?? now + retryDelay)
    return yield* Effect.fail(error)
  })

  const get = <A>(
    path: ReadonlyArray<string>,
    query: Query,
    parse: (body: string) => Effect.Effect<A, ServiceError>,
  ): Effect.Effect<A, ServiceError> => {
    if (!path.every(isSegment))
      return Effect.fail(
        serviceError(
          'BadOptions',
          `${JSON.stringify(path.find(part => !isSegment(part)))}: not an id. Pass the id of a run.`,
        ),
      )
    const attempt = once(path, query).pipe(
      Effect.flatMap(parse),
      Effect.timeoutOrElse({
        duration: timeout,
        orElse: () =>
          Effect.fail(
            serviceError(
              'TooSlow',
              `${askedOf(path).subject}: no answer within ${timeout / 1000} seconds. It is asked again later.`,
            ),
          ),
      }),
    )
    return Effect.retry(Effect.andThen(budget, semaphore.withPermits(1)(attempt)), {
      times: attempts - 1,
      while: error =>
        Effect.map(
          Clock.currentTimeMillis,
          now =>
            isTransient(error) &&
            error.kind !== 'TooLarge' &&
            (error.notBefore === undefined || error.notBefore - now <= patience),
        ),
      schedule: Schedule.jittered(Schedule.exponential(Duration.millis(retryDelay))),
    }).pipe(Effect.provideService(HttpClient.TracerDisabledWhen, () => true))
  }

  return {
    subject: path => askedOf(path).subject,
    content: path =>
      get(path, {}, body =>
        isHtml(body) ? Effect.fail(notJson(askedOf(path), html)) : Effect.succeed(body),
      ),
    json: (path, query = {}) => get(path, query, body => parseJson(body, askedOf(path))),
  }
}

/** True for a text that can be a part of a path. */
const isSegment = (part: string): boolean =>
  part !== '' && part !== '.' && part !== '..' && part.isWellFormed()

/** The body of an error; empty if it is too long: its status tells enough. */
const readError = (response: HttpClientResponse, asked: Asked): Effect.Effect<string, ServiceError> =>
  Effect.catch(readBody(response, maxErrorBytes, asked), error =>
    error.kind === 'TooLarge' ? Effect.succeed('') : Effect.fail(error),
  )

const headersOf = (options: ClientOptions, key: string | undefined, isAzureKey: boolean) => ({
  accept: 'application/json',
  'user-agent': 'finetune-kit',
  ...options.headers,
  ...(key === undefined ? {} : isAzureKey ? { 'api-key': key } : { authorization: `Bearer ${key}` }),
})

const waitUntil = (notBefore: number, { subject }: Asked) =>
  Effect.flatMap(Clock.currentTimeMillis, (now): Effect.Effect<void, ServiceError> => {
    const wait = notBefore - now
    // no service may ask for more: the clock was set back
    if (wait <= 0 || wait > maxRetryAfter) return Effect.void
    if (wait <= patience) return Effect.sleep(wait)
    const text = `${subject}: the service asked to wait ${Math.ceil(wait / 1000)} seconds. It is asked again after that.`
    return Effect.fail(serviceError('RateLimited', text, notBefore))
  })

const isHtml = (body: string): boolean => /^\s*</.test(body)

const html = 'HTML, not JSON'

/** A text without its byte order mark, which servers of .NET write (RFC 8259, 8.1). */
const withoutMark = (text: string): string => text.replace(/^\ufeff/, '')

const parseJson = (body: string, asked: Asked): Effect.Effect<unknown, ServiceError> => {
  try {
    return Effect.succeed(JSON.parse(withoutMark(body)) as unknown)
  } catch {
    return Effect.fail(notJson(asked, isHtml(body) ? html : 'no JSON, or JSON that is cut off'))
  }
}

const notJson = ({ subject }: Asked, what: string): ServiceError =>
  serviceError(
    'NotJson',
    `${subject}: it answers with ${what}. Check the base URL, which often ends with /v1.`,
  )

/** A key with stars in its middle: OpenAI shows the beginning and the end of one that it refuses. */
const maskedKey = /(?<![\w-])[\w-]*\*{3,}[\w-]*/g

/** The words of the service about an error, without the key, on one line. */
const saidIn = (body: string, key: string | undefined): string | undefined => {
  try {
    const parsed = JSON.parse(withoutMark(body)) as unknown
    const message = ErrorResponse.is(parsed) ? parsed.error.message : wordsOf(parsed)
    if (typeof message !== 'string' || message === '') return undefined
    const whole = key === undefined || key === '' ? message : message.replaceAll(key, '…')
    const safe = whole.replaceAll(maskedKey, '…')
    return escapeUnprintable(safe.replaceAll(/\s+/g, ' ').replace(/\.$/, ''), 300)
  } catch {
    return undefined
  }
}

/** The words of servers that have another form of errors: vLLM, FastAPI, gateways. */
const wordsOf = (body: unknown): unknown => {
  const { message, detail, error } = (body ?? {}) as Readonly<Record<string, unknown>>
  return message ?? detail ?? error
}

const locationOf = ({ status, headers }: HttpClientResponse, from: string): string | undefined => {
  const { location } = headers
  if (status < 300 || status >= 400 || location === undefined) return undefined
  const to = URL.parse(location, from)
  return to === null ? undefined : escapeUnprintable(`${status} to ${to.origin}${to.pathname}`, 300)
}

const retryAfterOf = ({ headers }: HttpClientResponse, now: number): number | undefined => {
  const value = headers['retry-after']
  if (value === undefined) return undefined
  const parsed = Headers.parseRetryAfter(value)
  if (parsed._tag === 'Failure') return undefined
  // a date is by the clock of the service, which may differ from ours
  const sentAt = Date.parse(headers['date'] ?? '')
  const delay = Duration.toMillis(
    Headers.retryAfterDelay(parsed.success, Number.isNaN(sentAt) ? now : sentAt),
  )
  return now + Math.min(delay, maxRetryAfter)
}

/** A service that wants more than a day is asked again after a day. */
export const maxRetryAfter = 86_400_000
