import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as Schema from 'effect/Schema'
import { ChangeNotice, WatchNotice } from '../changes.ts'
import { serverEvents } from './serverEvents.ts'

const stream = HttpApiEndpoint.get('changes', '/api/changes', {
  /** The cursor to continue after, where no `Last-Event-ID` is sent. */
  query: { after: Schema.optional(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))) },
  success: serverEvents({ changes: ChangeNotice, watches: WatchNotice }),
})

/** Live changes of all runs. */
export const changes = HttpApiGroup.make('changes').add(stream)
