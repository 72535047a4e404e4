import { truncate } from '@finetune-kit/codec/compile'
import type { StoreError } from '@finetune-kit/store'
import type { Watch, Watcher } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import { api } from '../../api/definition/api.ts'
import { NewWatch, type Watch as WatchBody, WatchEdit } from '../../api/watches.ts'
import { answer, type ApiError, apiError } from '../ApiError.ts'
import { decodeBody } from '../decodeBody.ts'
import type { Watching } from '../watching/Watching.ts'
import { noConnection } from './connections.ts'

const defaultLimit = 50

/** Runs that are watched, by this server or by another process on its database. */
export const watchHandlers = ({ watcher }: Watching) =>
  HttpApiBuilder.group(api, 'watches', handlers =>
    handlers.handleAll({
      list: ({ query: { connection, state, run_id, before, limit = defaultLimit } }) =>
        answer(
          Effect.map(
            watcher.find({
              connection,
              state,
              runId: run_id,
              before,
              limit: limit + 1,
            }),
            found => ({
              watches: found.slice(0, limit).map(watchBody),
              next: found.length > limit ? (found[limit - 1]?.watch ?? null) : null,
            }),
          ),
        ),
      add: ({ payload }) =>
        answer(
          Effect.gen(function* () {
            const { connection, run_id } = yield* decodeBody(NewWatch)(payload)
            const runId = run_id ?? undefined
            if (runId !== undefined && !isRunId(runId)) return yield* Effect.fail(noRunId)
            const connections = yield* watcher.connections
            if (!connections.some(one => one.connection === connection))
              return yield* Effect.fail(noConnection(connection))
            const { watch } = yield* watcher.watch(connection, runId)
            return HttpServerResponse.jsonUnsafe(watchBody(yield* findWatch(watcher, watch)), { status: 201 })
          }),
        ),
      edit: ({ params: { id }, payload }) =>
        answer(
          Effect.gen(function* () {
            const { state } = yield* decodeBody(WatchEdit)(payload)
            const watch = yield* findWatch(watcher, id)
            if (watch.state === state) return watchBody(watch)
            if (state === 'paused' && watch.state !== 'active')
              return yield* Effect.fail(notActive(watch, 'paused'))
            yield* { active: watcher.resume, paused: watcher.pause, stopped: watcher.stop }[state](id)
            return watchBody(yield* findWatch(watcher, id))
          }),
        ),
      poll: ({ params: { id } }) =>
        answer(
          Effect.gen(function* () {
            const watch = yield* findWatch(watcher, id)
            if (watch.state !== 'active') return yield* Effect.fail(notActive(watch, 'polled'))
            yield* watcher.pollNow(id)
            return watchBody(yield* findWatch(watcher, id))
          }),
        ),
    }),
  )

const findWatch = (watcher: Watcher.Watcher, id: number): Effect.Effect<Watch, ApiError | StoreError> =>
  Effect.flatMap(watcher.get(id), found =>
    found === undefined
      ? Effect.fail(apiError(404, `watch ${id}: not there. Look at /api/watches.`))
      : Effect.succeed(found),
  )

/** The longest id that a run may have here. */
const maxIdLength = 256

const isRunId = (id: string): boolean => id !== '' && id !== '.' && id !== '..' && id.length <= maxIdLength

const noRunId: ApiError = { ...apiError(400, 'run_id: not an id. Pass the id of a run.'), path: '/run_id' }

const notActive = ({ watch, state }: Watch, what: string): ApiError =>
  apiError(409, `watch ${watch}: it is ${state}, and cannot be ${what}. Resume it first.`)

/** The most characters of a status, and of a fault, which ends with its remedy. */
const [maxStatus, maxFault] = [40, 280]

const watchBody = (watch: Watch): WatchBody => ({
  id: watch.watch,
  connection: watch.connection,
  run_id: watch.runId ?? null,
  state: watch.state,
  status: truncate(watch.status, maxStatus) || null,
  fault: truncate(watch.reason || watch.fault, maxFault) || null,
  last_poll_at: seconds(watch.lastPollAt),
  next_poll_at: seconds(watch.nextPollAt),
})

const seconds = (time: number): number | null => (time === 0 ? null : time / 1000)
