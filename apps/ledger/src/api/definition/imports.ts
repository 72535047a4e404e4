import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as Schema from 'effect/Schema'
import { ImportList, ImportStatus } from '../imports.ts'
import { Id } from './Id.ts'
import { failures, schemaOf } from './schemaOf.ts'
import { serverEvents } from './serverEvents.ts'

/** The most imports of a page. */
const maxImports = 50

const params = { id: Schema.String }

/** Takes a file of any format and compression; the import continues after the answer. */
const start = HttpApiEndpoint.post('start', '/api/imports', {
  query: { name: Schema.String, run: Schema.optional(Schema.String) },
  payload: HttpApiSchema.StreamUint8Array({ contentType: 'application/octet-stream' }),
  success: schemaOf(ImportStatus).pipe(HttpApiSchema.status(202)),
  error: failures(415, 503, 507),
})

const list = HttpApiEndpoint.get('list', '/api/imports', {
  query: {
    before: Schema.optional(Id),
    limit: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxImports }))),
  },
  success: schemaOf(ImportList),
})

const get = HttpApiEndpoint.get('get', '/api/imports/:id', {
  params,
  success: schemaOf(ImportStatus),
  error: failures(404),
})

const events = HttpApiEndpoint.get('events', '/api/imports/:id/events', {
  params,
  success: serverEvents({ import: ImportStatus }),
  error: failures(404),
})

const cancel = HttpApiEndpoint.delete('cancel', '/api/imports/:id', {
  params,
  success: schemaOf(ImportStatus),
  error: failures(404, 415),
})

/** All rejected records of an import: a line of NDJSON each. */
const rejects = HttpApiEndpoint.get('rejects', '/api/imports/:id/rejects', {
  params,
  success: HttpApiSchema.StreamUint8Array({ contentType: 'application/x-ndjson' }),
  error: failures(404),
})

/** Uploads of files, their progress and what they rejected. */
export const imports = HttpApiGroup.make('imports').add(start, list, get, events, cancel, rejects)
