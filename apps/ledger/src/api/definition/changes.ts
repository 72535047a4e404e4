import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as OpenApi from 'effect/http-api/OpenApi'
import * as Schema from 'effect/Schema'
import { ChangeNotice, WatchNotice } from '../changes.ts'
import { optional } from './parameters.ts'
import { serverEvents } from './serverEvents.ts'

const stream = HttpApiEndpoint.get('changes', '/api/changes', {
  query: {
    after: optional(
      Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
      'The `seq` to continue after, where no Last-Event-ID is sent. Default: the present.',
    ),
  },
  success: serverEvents({ changes: ChangeNotice, watches: WatchNotice }),
}).annotate(
  OpenApi.Summary,
  'Live changes of all runs and watches as server-sent events, resumed after the id in the header Last-Event-ID.',
)

/** Live changes of all runs. */
export const changes = HttpApiGroup.make('changes')
  .add(stream)
  .annotate(OpenApi.Description, 'Live changes of all runs.')
