import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as Schema from 'effect/Schema'
import { failures } from './schemaOf.ts'

const file = HttpApiEndpoint.get('file', '/api/report', {
  query: {
    run: Schema.Array(Schema.String),
    baseline: Schema.optional(Schema.String),
    redact: Schema.optional(Schema.Literals(['true', 'false'])),
  },
  success: Schema.String.pipe(HttpApiSchema.asText({ contentType: 'text/html; charset=utf-8' })),
  error: failures(404),
})

/** A run, or a comparison of several, as one HTML file to save. */
export const report = HttpApiGroup.make('report').add(file)
