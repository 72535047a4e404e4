import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import { Health } from '../health.ts'
import { failures, schemaOf } from './schemaOf.ts'

const check = HttpApiEndpoint.get('check', '/healthz', {
  success: schemaOf(Health),
  error: failures(503),
})

/** The health of the server and its database. */
export const health = HttpApiGroup.make('health').add(check)
