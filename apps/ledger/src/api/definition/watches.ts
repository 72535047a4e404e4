import { watchStates } from '@finetune-kit/model'
import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema'
import * as OpenApi from 'effect/http-api/OpenApi'
import * as Schema from 'effect/Schema'
import { NewWatch, Watch, WatchEdit, WatchList } from '../watches.ts'
import { Id, idOf } from './Id.ts'
import { limitOf, optional } from './parameters.ts'
import { failures, schemaOf } from './schemaOf.ts'

/** The most watches of a page. */
const maxWatches = 100

const query = {
  connection: optional(Id, 'Only watches of the connection with this `id`. Default: all.'),
  state: optional(Schema.Literals(watchStates), 'Only watches in this state. Default: all.'),
  run_id: optional(
    Schema.String,
    'Only watches of the run with this id; an empty one means those of all runs of a service. Default: all.',
  ),
  before: optional(Id, 'The `next` of the page before. Default: the newest ones.'),
  limit: limitOf(maxWatches, 50),
}

const params = idOf('watch')

const list = HttpApiEndpoint.get('list', '/api/watches', {
  query,
  success: schemaOf(WatchList),
}).annotate(OpenApi.Summary, 'A page of the watches of a filter, the newest first.')

const add = HttpApiEndpoint.post('add', '/api/watches', {
  payload: schemaOf(NewWatch),
  success: schemaOf(Watch).pipe(HttpApiSchema.status(201)),
  error: failures(404, 409, 415),
}).annotate(OpenApi.Summary, 'The new watch of a run, or of all runs of a service.')

const edit = HttpApiEndpoint.patch('edit', '/api/watches/:id', {
  params,
  payload: schemaOf(WatchEdit),
  success: schemaOf(Watch),
  error: failures(404, 409, 415),
}).annotate(OpenApi.Summary, 'The watch, paused, active again, or stopped.')

const poll = HttpApiEndpoint.post('poll', '/api/watches/:id/poll', {
  params,
  success: schemaOf(Watch),
  error: failures(404, 409, 415),
}).annotate(OpenApi.Summary, 'The watch, whose next poll is made at once.')

/** Runs that are watched. */
export const watches = HttpApiGroup.make('watches')
  .add(list, add, edit, poll)
  .annotate(OpenApi.Description, 'Runs that are watched.')
