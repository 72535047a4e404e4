import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as Schema from 'effect/Schema'
import { Comparison } from '../compare.ts'
import { failures, schemaOf } from './schemaOf.ts'

const compared = HttpApiEndpoint.get('compare', '/api/compare', {
  query: {
    run: Schema.Array(Schema.String),
    baseline: Schema.optional(Schema.String),
    all: Schema.optional(Schema.Literals(['true', 'false'])),
  },
  success: schemaOf(Comparison),
  error: failures(404),
})

/** Several runs, field by field. */
export const compare = HttpApiGroup.make('compare').add(compared)
