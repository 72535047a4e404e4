import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as OpenApi from 'effect/http-api/OpenApi'
import { Health } from '../health.ts'
import { failures, schemaOf } from './schemaOf.ts'

const check = HttpApiEndpoint.get('check', '/healthz', {
  success: schemaOf(Health),
  error: failures(503),
}).annotate(OpenApi.Summary, 'The health of the server and its database; it needs no token.')

/** The health of the server and its database. */
export const health = HttpApiGroup.make('health')
  .add(check)
  .annotate(OpenApi.Description, 'The health of the server and its database.')
