import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import * as Stream from 'effect/Stream'
import { api } from '../../api/definition/api.ts'
import type { LiveChanges } from '../LiveChanges.ts'
import { sse } from '../sse.ts'

/** The live changes of all runs. */
export const changeHandlers = (live: LiveChanges) =>
  HttpApiBuilder.group(api, 'changes', handlers =>
    handlers.handleAll({
      changes: ({ request }) => {
        const id = request.headers['last-event-id']
        const cursor = id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined
        const events = Stream.map(live.after(cursor), notice => ({
          event: 'changes',
          id: String(notice.seq),
          data: notice,
        }))
        return Effect.succeed(sse(events))
      },
    }),
  )
