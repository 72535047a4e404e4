import { formatByName, formats } from '@finetune-kit/serialization'
import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as OpenApi from 'effect/http-api/OpenApi'
import * as Schema from 'effect/Schema'
import { filterQuery } from './filterQuery.ts'
import { optional } from './parameters.ts'

const names = formats.map(({ name }) => name)

/** The name of a format in any spelling, or an extension of its files. */
const FormatName = Schema.String.check(
  Schema.makeFilter(name => formatByName(name) !== undefined, {
    expected: names.join(', '),
    toJsonSchema: () => ({ enum: names }),
  }),
)

const download = HttpApiEndpoint.get('export', '/api/export', {
  query: {
    ...filterQuery,
    format: optional(
      FormatName,
      'The format of the file, also by an extension such as csv. Default: NDJSON.',
    ),
    what: optional(
      Schema.Literals(['records', 'observations']),
      'The last record of each run, or all that is kept of it, for another database. Default: records.',
    ),
  },
  // the type is that of the format
  success: HttpApiSchema.StreamUint8Array({ contentType: '*/*' }),
}).annotate(
  OpenApi.Summary,
  'A file of the runs of a filter in any format; its Content-Type is that of the format.',
)

/** Downloads. */
export const exports = HttpApiGroup.make('export')
  .add(download)
  .annotate(OpenApi.Description, 'Downloads of runs.')
