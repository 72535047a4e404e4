import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as OpenApi from 'effect/http-api/OpenApi'
import { Comparison } from '../compare.ts'
import { comparedKeys, flag } from './parameters.ts'
import { failures, schemaOf } from './schemaOf.ts'

const compared = HttpApiEndpoint.get('compare', '/api/compare', {
  query: {
    ...comparedKeys,
    all: flag('True for all rows of a long comparison, false for the first ones.'),
  },
  success: schemaOf(Comparison),
  error: failures(404),
}).annotate(OpenApi.Summary, 'Several runs, field by field: what differs comes first.')

/** Several runs, field by field. */
export const compare = HttpApiGroup.make('compare')
  .add(compared)
  .annotate(OpenApi.Description, 'Several runs, field by field.')
