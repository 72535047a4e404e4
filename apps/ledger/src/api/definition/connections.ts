import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as Schema from 'effect/Schema'
import { Connection, ConnectionList, ConnectionTest, NewConnection } from '../connections.ts'
import { Id } from './Id.ts'
import { failures, schemaOf } from './schemaOf.ts'

/** The most connections of a page. */
const maxConnections = 100

const list = HttpApiEndpoint.get('list', '/api/connections', {
  query: {
    after: Schema.optional(Id),
    limit: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxConnections }))),
  },
  success: schemaOf(ConnectionList),
})

const add = HttpApiEndpoint.post('add', '/api/connections', {
  payload: schemaOf(NewConnection),
  success: schemaOf(Connection).pipe(HttpApiSchema.status(201)),
  error: failures(415),
})

/** Asks the service for its runs, and keeps nothing. */
const test = HttpApiEndpoint.post('test', '/api/connections/test', {
  payload: schemaOf(NewConnection),
  success: schemaOf(ConnectionTest),
  error: failures(415),
})

/** Resumes all that is paused, as after a new key. */
const resume = HttpApiEndpoint.post('resume', '/api/connections/:id/resume', {
  params: { id: Id },
  success: schemaOf(Connection),
  error: failures(404, 415),
})

/** Removes a connection with its watches; what was stored of its runs stays. */
const remove = HttpApiEndpoint.delete('remove', '/api/connections/:id', {
  params: { id: Id },
  error: failures(404, 415),
})

/** Services whose runs are watched. */
export const connections = HttpApiGroup.make('connections').add(list, add, test, resume, remove)
