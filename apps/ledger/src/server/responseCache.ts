import type { Store } from '@finetune-kit/store'
import * as Cache from 'effect/Cache'
import * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as HttpServerRequest from 'effect/http/HttpServerRequest'
import type * as HttpServerResponse from 'effect/http/HttpServerResponse'
import { tag } from './etag.ts'

/** The most answers that are kept, and the most bytes of one: 50 MB together. */
const [maxAnswers, maxBytes] = [200, 256 * 1024]

const isShort = ({ status, body }: HttpServerResponse.HttpServerResponse): boolean =>
  status === 200 && body._tag === 'Uint8Array' && body.contentLength <= maxBytes

/** The paths whose answers depend on nothing but the runs. */
const cacheable = /^\/api\/(runs|facets|compare)(?![^/?])/

/**
 * Keeps answers by their URL and by the last change of the store, of this process or of another:
 * many readers of one list cost as much as one, and none gets an answer that is older than its
 * request. Equal requests that come meanwhile wait for the first.
 */
export const withResponseCache =
  (store: Store) =>
  <E, R>(app: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>) =>
    Effect.map(
      Cache.makeWith(() => Effect.map(app, tag), {
        capacity: maxAnswers,
        timeToLive: exit => (Exit.isSuccess(exit) && isShort(exit.value) ? Duration.infinity : Duration.zero),
        // each request brings its own
        requireServicesAt: 'lookup',
      }),
      cache =>
        Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ method, url }) =>
          method === 'GET' && cacheable.test(url)
            ? Effect.matchEffect(store.lastChange, {
                onSuccess: seq =>
                  Effect.flatMap(Cache.get(cache, `${seq} ${url}`), answer =>
                    // a stream is read once: those who waited for it need their own
                    answer.body._tag === 'Stream' ? app : Effect.succeed(answer),
                  ),
                // the handler says what is wrong
                onFailure: () => app,
              })
            : app,
        ),
    )
