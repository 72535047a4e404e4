import type { StoreError, StoreErrorKind } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'

/** A request that cannot be answered: the status, and the reason as one sentence. */
export interface ApiError {
  readonly _tag: 'ApiError'
  readonly status: number
  readonly message: string
  readonly path?: string
  readonly line?: number
}

export const apiError = (status: number, message: string): ApiError => ({ _tag: 'ApiError', status, message })

/** The response of an error: its status, and `{ error: { message, path?, line? } }`. */
export const errorResponse = ({
  status,
  message,
  path,
  line,
}: Omit<ApiError, '_tag'>): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.jsonUnsafe(
    {
      error: {
        message,
        ...(path === undefined ? {} : { path }),
        ...(line === undefined ? {} : { line }),
      },
    },
    { status },
  )

/** The reason where nothing has the path of a request. */
export const noSuchPage = 'No such page. The ledger is at /, its API at /openapi.json.'

/** The reason where the server stops before it has answered. */
export const stopping = 'The server is stopping. Repeat the request when it runs again.'

/** Turns the errors of a handler into their responses. */
export const answer = <A, R>(effect: Effect.Effect<A, ApiError | StoreError, R>) =>
  Effect.catch(effect, error =>
    Effect.succeed(
      errorResponse(
        error._tag === 'ApiError' ? error : { status: statuses[error.kind] ?? 500, message: error.message },
      ),
    ),
  )

const statuses: Partial<Readonly<Record<StoreErrorKind, number>>> = {
  NotFound: 404,
  BadQuery: 400,
  Locked: 503,
  Conflict: 503,
  CannotConnect: 503,
  CannotOpen: 503,
  Full: 507,
}
