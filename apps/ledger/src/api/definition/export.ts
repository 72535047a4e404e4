import { formats } from '@finetune-kit/serialization'
import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as Schema from 'effect/Schema'
import { filterQuery } from './filterQuery.ts'

/** A file of the last records of the runs of a filter, or of all observations of them. */
const download = HttpApiEndpoint.get('export', '/api/export', {
  query: {
    ...filterQuery,
    format: Schema.optional(Schema.Literals(formats.map(({ name }) => name))),
    what: Schema.optional(Schema.Literals(['records', 'observations'])),
  },
  success: HttpApiSchema.StreamUint8Array(),
})

/** Downloads. */
export const exports = HttpApiGroup.make('export').add(download)
