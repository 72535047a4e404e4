import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as OpenApi from 'effect/http-api/OpenApi'
import * as Schema from 'effect/Schema'
import { comparedKeys, flag } from './parameters.ts'
import { failures } from './schemaOf.ts'

const file = HttpApiEndpoint.get('file', '/api/report', {
  query: {
    ...comparedKeys,
    redact: flag('True to leave out API keys and organization ids.'),
  },
  success: Schema.String.pipe(HttpApiSchema.asText({ contentType: 'text/html; charset=utf-8' })),
  error: failures(404),
}).annotate(OpenApi.Summary, 'A run, or a comparison of several, as one HTML file to save.')

/** A run, or a comparison of several, as one HTML file to save. */
export const report = HttpApiGroup.make('report')
  .add(file)
  .annotate(OpenApi.Description, 'Reports to hand on.')
