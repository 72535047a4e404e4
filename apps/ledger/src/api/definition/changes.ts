import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as Schema from 'effect/Schema'
import { ChangeNotice } from '../changes.ts'
import { schemaOf } from './schemaOf.ts'

const stream = HttpApiEndpoint.get('changes', '/api/changes', {
  /** The cursor to continue after, where no `Last-Event-ID` is sent. */
  query: { after: Schema.optional(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))) },
  success: HttpApiSchema.StreamSse({ data: schemaOf(ChangeNotice) }),
})

/** Live changes of all runs. */
export const changes = HttpApiGroup.make('changes').add(stream)
