import { watchStates } from '@finetune-kit/model'
import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as Schema from 'effect/Schema'
import { NewWatch, Watch, WatchEdit, WatchList } from '../watches.ts'
import { Id } from './Id.ts'
import { failures, schemaOf } from './schemaOf.ts'

/** The most watches of a page. */
const maxWatches = 100

const query = {
  connection: Schema.optional(Id),
  state: Schema.optional(Schema.Literals(watchStates)),
  /** The id of a run; an empty one means watches of all runs of a service. */
  run_id: Schema.optional(Schema.String),
  before: Schema.optional(Id),
  limit: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxWatches }))),
}

const params = { id: Id }

const list = HttpApiEndpoint.get('list', '/api/watches', {
  query,
  success: schemaOf(WatchList),
})

const add = HttpApiEndpoint.post('add', '/api/watches', {
  payload: schemaOf(NewWatch),
  success: schemaOf(Watch).pipe(HttpApiSchema.status(201)),
  error: failures(404, 409, 415),
})

/** Pauses, resumes or stops. */
const edit = HttpApiEndpoint.patch('edit', '/api/watches/:id', {
  params,
  payload: schemaOf(WatchEdit),
  success: schemaOf(Watch),
  error: failures(404, 409, 415),
})

/** Makes the next poll at once. */
const poll = HttpApiEndpoint.post('poll', '/api/watches/:id/poll', {
  params,
  success: schemaOf(Watch),
  error: failures(404, 409, 415),
})

/** Runs that are watched. */
export const watches = HttpApiGroup.make('watches').add(list, add, edit, poll)
