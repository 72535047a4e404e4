import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as OpenApi from 'effect/http-api/OpenApi'
import { Connection, ConnectionList, ConnectionTest, NewConnection } from '../connections.ts'
import { Id, idOf } from './Id.ts'
import { limitOf, optional } from './parameters.ts'
import { failures, schemaOf } from './schemaOf.ts'

/** The most connections of a page. */
const maxConnections = 100

const list = HttpApiEndpoint.get('list', '/api/connections', {
  query: {
    after: optional(Id, 'The `next` of the page before. Default: the first page.'),
    limit: limitOf(maxConnections, 50),
  },
  success: schemaOf(ConnectionList),
}).annotate(
  OpenApi.Summary,
  'A page of the services that are watched, the oldest first, and the names of keys for new ones.',
)

const add = HttpApiEndpoint.post('add', '/api/connections', {
  payload: schemaOf(NewConnection),
  success: schemaOf(Connection).pipe(HttpApiSchema.status(201)),
  error: failures(415),
}).annotate(OpenApi.Summary, 'The new connection, by a key that the server was started with.')

const test = HttpApiEndpoint.post('test', '/api/connections/test', {
  payload: schemaOf(NewConnection),
  success: schemaOf(ConnectionTest),
  error: failures(415),
}).annotate(
  OpenApi.Summary,
  'The answer of the service, in words: it is asked for its jobs, and nothing is kept.',
)

const resume = HttpApiEndpoint.post('resume', '/api/connections/:id/resume', {
  params: idOf('connection'),
  success: schemaOf(Connection),
  error: failures(404, 415),
}).annotate(OpenApi.Summary, 'The connection, after all that was paused is resumed, as with a new key.')

const remove = HttpApiEndpoint.delete('remove', '/api/connections/:id', {
  params: idOf('connection'),
  error: failures(404, 415),
}).annotate(OpenApi.Summary, 'Removes a connection with its watches; what was stored of its runs stays.')

/** Services whose runs are watched. */
export const connections = HttpApiGroup.make('connections')
  .add(list, add, test, resume, remove)
  .annotate(OpenApi.Description, 'Services whose runs are watched.')
