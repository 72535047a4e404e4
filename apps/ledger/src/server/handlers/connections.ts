import { type WatchState, watchStates } from '@finetune-kit/model'
import { fromEither } from '@finetune-kit/serialization/effect'
import { type Client, type Connection, KeyBinding, type WatchCount } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import * as Stream from 'effect/Stream'
import { byName } from '../../api/byName.ts'
import { type Connection as ConnectionBody, NewConnection } from '../../api/connections.ts'
import { api } from '../../api/definition/api.ts'
import { answer, type ApiError, apiError } from '../ApiError.ts'
import { decodeBody } from '../decodeBody.ts'
import type { Services } from '../watching/Services.ts'
import type { Watching } from '../watching/Watching.ts'

/** Services whose runs are watched: only by the keys that the server was given. */
export const connectionHandlers = ({ watcher, services }: Watching) =>
  HttpApiBuilder.group(api, 'connections', handlers =>
    handlers.handleAll({
      list: ({ query: { after = 0, limit = defaultLimit } }) =>
        answer(
          Effect.map(Effect.all([watcher.connections, watcher.counts]), ([connections, counts]) => {
            const found = connections.filter(({ connection }) => connection > after)
            const shown = found.slice(0, limit)
            return {
              connections: shown.map(one => connectionBody(services, one, counts)),
              next: found.length > limit ? (shown.at(-1)?.connection ?? null) : null,
              keys: services.keys.map(({ keyName, baseUrl }) => ({ name: keyName, base_url: baseUrl })),
            }
          }),
        ),
      add: ({ payload }) =>
        answer(
          Effect.gen(function* () {
            const added = yield* watcher.connect(yield* chosen(services, payload))
            return HttpServerResponse.jsonUnsafe(connectionBody(services, added, yield* watcher.counts), {
              status: 201,
            })
          }),
        ),
      test: ({ payload }) =>
        answer(
          Effect.flatMap(chosen(services, payload), made =>
            Effect.scoped(
              Effect.flatMap(services.clientOf({ connection: 0, notBefore: 0, ...made }), countJobs),
            ).pipe(
              Effect.map(message => ({ ok: true, message })),
              Effect.timeoutOrElse({
                duration: `${patience} seconds`,
                orElse: () =>
                  Effect.succeed({
                    ok: false,
                    message: `${made.baseUrl}: no answer within ${patience} seconds. Check the network and the address.`,
                  }),
              }),
              Effect.catch(({ message }) => Effect.succeed({ ok: false, message })),
            ),
          ),
        ),
      resume: ({ params: { id } }) =>
        answer(
          Effect.gen(function* () {
            yield* watcher.resumeAll(id)
            const found = (yield* watcher.connections).find(({ connection }) => connection === id)
            return found === undefined
              ? yield* Effect.fail(noConnection(id))
              : connectionBody(services, found, yield* watcher.counts)
          }),
        ),
      remove: ({ params: { id } }) =>
        answer(
          Effect.flatMap(watcher.disconnect(id), isThere =>
            isThere
              ? Effect.succeed(HttpServerResponse.empty({ status: 204 }))
              : Effect.fail(noConnection(id)),
          ),
        ),
    }),
  )

/** The connections of a page. */
const defaultLimit = 50

/** Seconds that a test may take. */
const patience = 20

/** The most pages of jobs that a test reads. */
const maxPages = 5

export const noConnection = (id: number): ApiError =>
  apiError(404, `connection ${id}: not there. Look at /api/connections.`)

/** The connection of a body: by a given key, at the base URL of that key only. */
const chosen = (services: Services, payload: unknown) =>
  Effect.gen(function* () {
    const { key_name, base_url, dialect, api_version } = yield* decodeBody(NewConnection)(payload)
    const key = services.keys.find(({ keyName }) => keyName === key_name)
    if (key === undefined)
      return yield* Effect.fail({
        ...apiError(
          400,
          `key_name: not a variable that this server was given. Start it with --api-key-env NAME.`,
        ),
        path: '/key_name',
      })
    const made = yield* Effect.mapError(
      fromEither(KeyBinding.connectionOf(key, { dialect, apiVersion: api_version || undefined })),
      ({ message }) => apiError(400, message),
    )
    if (base_url !== undefined && !KeyBinding.isBound(key, { ...made, baseUrl: base_url }))
      return yield* Effect.fail({
        ...apiError(
          400,
          `base_url: the key in ${key.keyName} goes to ${key.baseUrl} only. Start the server with --api-key-env ${key.keyName}=URL for another address.`,
        ),
        path: '/base_url',
      })
    return made
  })

const countJobs = (client: Client.Client) =>
  Effect.map(Stream.runCollect(Stream.take(client.jobs, maxPages)), pages => {
    const count = pages.reduce((sum, page) => sum + page.length, 0)
    const found = count === 1 ? '1 job' : `${count === 0 ? 'no' : count.toLocaleString('en-US')} jobs`
    return pages.length < maxPages ? `${found} found` : `${found} and more found`
  })

const connectionBody = (
  services: Services,
  connection: Connection,
  counts: ReadonlyArray<WatchCount>,
): ConnectionBody => {
  const { connection: id, baseUrl, dialect, apiVersion, keyName, notBefore } = connection
  const count = (state: WatchState): number =>
    counts.find(one => one.connection === id && one.state === state)?.count ?? 0
  return {
    id,
    base_url: baseUrl,
    dialect,
    api_version: apiVersion ?? null,
    key_name: keyName,
    problem: services.serves(connection) ? null : problemOf(connection),
    not_before: notBefore > Date.now() ? notBefore / 1000 : null,
    runs: byName(watchStates, count),
  }
}

const problemOf = ({ keyName, baseUrl }: Connection): string =>
  keyName === ''
    ? 'A simulated service. Start finetune-ledger with --simulate.'
    : `Key not available: start with --api-key-env ${keyName}=${baseUrl}`
