import type { Store, StoreError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import { api } from '../../api/definition/api.ts'
import { type ApiError, apiError, errorResponse } from '../ApiError.ts'

/** The health of the server and its database. */
export const healthHandlers = (store: Store) =>
  HttpApiBuilder.group(api, 'health', handlers =>
    handlers.handleAll({
      check: () =>
        Effect.match(askDatabase(store), {
          onSuccess: () => ({ status: 'ok' as const }),
          onFailure: ({ message }) => errorResponse({ status: 503, message }),
        }),
    }),
  )

/** Seconds that the database may take: a program that asks for the health waits no longer. */
const patience = 3

/** Asks the database anything. An interrupted query waits for the database too: left behind. */
const askDatabase = (store: Store): Effect.Effect<unknown, ApiError | StoreError> =>
  Effect.flatMap(Effect.forkDetach(store.lastChange), asked =>
    Fiber.join(asked).pipe(
      Effect.timeoutOrElse({
        duration: `${patience} seconds`,
        orElse: () =>
          Effect.fail(
            apiError(
              503,
              `${store.subject}: no answer within ${patience} seconds. Check the database and the network to it.`,
            ),
          ),
      }),
      Effect.ensuring(Effect.forkDetach(Fiber.interrupt(asked))),
    ),
  )
