import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import * as Stream from 'effect/Stream'
import { api } from '../../api/definition/api.ts'
import type { LiveChanges } from '../LiveChanges.ts'
import { sse } from '../sse.ts'
import type { Watching } from '../watching/Watching.ts'

/** The live changes of all runs, and of what is watched. */
export const changeHandlers = (live: LiveChanges, watching: Watching) =>
  HttpApiBuilder.group(api, 'changes', handlers =>
    handlers.handleAll({
      changes: ({ request, query }) => {
        const id = request.headers['last-event-id'] ?? ''
        const last = /^\d{1,15}$/.test(id) ? Number(id) : query.after
        const events = Stream.map(live.after(last), notice => ({
          event: 'changes',
          id: String(notice.seq),
          data: notice,
        }))
        const watches = Stream.map(watching.versions, version => ({ event: 'watches', data: { version } }))
        return Effect.succeed(sse(Stream.merge(events, watches)))
      },
    }),
  )
