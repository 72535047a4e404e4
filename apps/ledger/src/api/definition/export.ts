import { formatByName, formats } from '@finetune-kit/serialization'
import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as Schema from 'effect/Schema'
import { filterQuery } from './filterQuery.ts'

const names = formats.map(({ name }) => name)

/** The name of a format in any spelling, or an extension of its files. */
const FormatName = Schema.String.check(
  Schema.makeFilter(name => formatByName(name) !== undefined, {
    expected: names.join(', '),
    toJsonSchema: () => ({ enum: names }),
  }),
)

/** A file of the last records of the runs of a filter, or of all observations of them. */
const download = HttpApiEndpoint.get('export', '/api/export', {
  query: {
    ...filterQuery,
    format: Schema.optional(FormatName),
    what: Schema.optional(Schema.Literals(['records', 'observations'])),
  },
  // the type is that of the format
  success: HttpApiSchema.StreamUint8Array({ contentType: '*/*' }),
})

/** Downloads. */
export const exports = HttpApiGroup.make('export').add(download)
