import type { Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import { api } from '../../api/definition/api.ts'
import { errorResponse } from '../ApiError.ts'

/** The health of the server and its database. */
export const healthHandlers = (store: Store) =>
  HttpApiBuilder.group(api, 'health', handlers =>
    handlers.handleAll({
      check: () =>
        Effect.match(store.lastChange, {
          onSuccess: () => ({ status: 'ok' as const }),
          onFailure: ({ message }) => errorResponse({ status: 503, message }),
        }),
    }),
  )
