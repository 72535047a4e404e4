import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as OpenApi from 'effect/http-api/OpenApi'
import * as Schema from 'effect/Schema'
import { ImportList, ImportStatus } from '../imports.ts'
import { Id } from './Id.ts'
import { limitOf, optional } from './parameters.ts'
import { failures, schemaOf } from './schemaOf.ts'
import { serverEvents } from './serverEvents.ts'

/** The most imports of a page. */
const maxImports = 50

const params = { id: Schema.String.annotate({ description: 'The `id` of the import.' }) }

const start = HttpApiEndpoint.post('start', '/api/imports', {
  query: {
    name: Schema.String.annotate({
      description: 'The name of the file: a result file is found by the id in it.',
    }),
    run: optional(Schema.String, 'The key or the id of the run of records that name none. Default: none.'),
  },
  payload: HttpApiSchema.StreamUint8Array({ contentType: 'application/octet-stream' }),
  success: schemaOf(ImportStatus).pipe(HttpApiSchema.status(202)),
  error: failures(415, 503, 507),
}).annotate(
  OpenApi.Summary,
  'The import of a file of any format and compression, which continues after this answer.',
)

const list = HttpApiEndpoint.get('list', '/api/imports', {
  query: {
    before: optional(Id, 'The `next` of the page before. Default: the newest ones.'),
    limit: limitOf(maxImports, 50),
  },
  success: schemaOf(ImportList),
}).annotate(
  OpenApi.Summary,
  'A page of the imports since the server started and of those that its last end cut short, the newest first.',
)

const get = HttpApiEndpoint.get('get', '/api/imports/:id', {
  params,
  success: schemaOf(ImportStatus),
  error: failures(404),
}).annotate(OpenApi.Summary, 'The state and the result of an import.')

const events = HttpApiEndpoint.get('events', '/api/imports/:id/events', {
  params,
  success: serverEvents({ import: ImportStatus }),
  error: failures(404),
}).annotate(OpenApi.Summary, 'The state of an import until its end, as server-sent events.')

const cancel = HttpApiEndpoint.delete('cancel', '/api/imports/:id', {
  params,
  success: schemaOf(ImportStatus),
  error: failures(404, 415),
}).annotate(OpenApi.Summary, 'The import, cancelled; what was imported until then is kept.')

const rejects = HttpApiEndpoint.get('rejects', '/api/imports/:id/rejects', {
  params,
  success: HttpApiSchema.StreamUint8Array({ contentType: 'application/x-ndjson' }),
  error: failures(404),
}).annotate(
  OpenApi.Summary,
  'All rejected records of an import with their positions, a line of NDJSON each, up to 256 MiB.',
)

/** Uploads of files, their progress and what they rejected. */
export const imports = HttpApiGroup.make('imports')
  .add(start, list, get, events, cancel, rejects)
  .annotate(OpenApi.Description, 'Uploads of files, their progress and what they rejected.')
