import { summaryColumns } from '@finetune-kit/store'
import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as OpenApi from 'effect/http-api/OpenApi'
import * as Schema from 'effect/Schema'
import { Changes } from '../changes.ts'
import { RunCurves } from '../curves.ts'
import { CheckpointPage, EventPage, RunDetail, Snapshot, StoryPage } from '../run.ts'
import { FacetList, RunList } from '../runs.ts'
import { defaultSort, RunEdit, RunRow } from '../RunRow.ts'
import { filterQuery } from './filterQuery.ts'
import { limitOf, offset, optional, runKey } from './parameters.ts'
import { failures, schemaOf } from './schemaOf.ts'

/** The most rows of a page. */
export const maxRows = 500

const listQuery = {
  ...filterQuery,
  sort: optional(
    Schema.Literals(summaryColumns.map(({ key }) => key)),
    `The column to sort by; runs without a value come last. Default: ${defaultSort}.`,
  ),
  order: optional(
    Schema.Literals(['ascending', 'descending']),
    'The direction of the order. Default: descending.',
  ),
  after: optional(Schema.String, 'The `next` of the page before. Default: the first page.'),
  offset,
  limit: limitOf(maxRows, 100),
}

const index = (description: string) =>
  Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)).annotate({ description: `${description}, from 0.` })

const list = HttpApiEndpoint.get('list', '/api/runs', {
  query: listQuery,
  success: schemaOf(RunList),
}).annotate(OpenApi.Summary, 'A page of the runs of a filter, without the fields that are null.')

const facets = HttpApiEndpoint.get('facets', '/api/facets', {
  query: filterQuery,
  success: schemaOf(FacetList),
}).annotate(
  OpenApi.Summary,
  'The values of the columns that runs are filtered by, with counts, the most frequent first.',
)

const get = HttpApiEndpoint.get('get', '/api/runs/:key', {
  params: runKey,
  success: schemaOf(RunDetail),
  error: failures(404),
}).annotate(OpenApi.Summary, 'One run: its record, progress, oddities, and the last entries of its history.')

/** The most events, checkpoints or news of a page. */
const maxItems = 500

const pageQuery = {
  offset,
  limit: limitOf(maxItems, 100),
}

const events = HttpApiEndpoint.get('events', '/api/runs/:key/events', {
  params: runKey,
  query: {
    level: optional(
      Schema.String,
      'Only events of this level; an empty one means those without. Default: all.',
    ),
    ...pageQuery,
  },
  success: schemaOf(EventPage),
  error: failures(404),
}).annotate(OpenApi.Summary, 'A page of the events of a run, the newest first.')

const checkpoints = HttpApiEndpoint.get('checkpoints', '/api/runs/:key/checkpoints', {
  params: runKey,
  query: pageQuery,
  success: schemaOf(CheckpointPage),
  error: failures(404),
}).annotate(OpenApi.Summary, 'A page of the checkpoints of a run, in the order they came.')

const story = HttpApiEndpoint.get('story', '/api/runs/:key/story', {
  params: runKey,
  query: pageQuery,
  success: schemaOf(StoryPage),
  error: failures(404),
}).annotate(OpenApi.Summary, 'A page of the news of a run in words, the newest first.')

/** The most points of an answer: with seventeen digits each, they take less than 60 kB compressed. */
export const maxPoints = 3600

const curves = HttpApiEndpoint.get('curves', '/api/runs/:key/curves', {
  params: runKey,
  query: {
    from: optional(Schema.Finite, 'The first step: a short enough part has every point. Default: the first.'),
    to: optional(Schema.Finite, 'The last step. Default: the last.'),
    axis: optional(
      Schema.Literals(['linear', 'logarithmic']),
      'The axis of the steps that the curves are thinned for. Default: linear.',
    ),
    points: optional(
      Schema.Int.check(Schema.isBetween({ minimum: 100, maximum: maxPoints })),
      `The most points of all curves together. Default: ${maxPoints}.`,
    ),
  },
  success: schemaOf(RunCurves),
  error: failures(404),
}).annotate(OpenApi.Summary, 'The metrics of a run by step, thinned where they are long.')

const snapshot = HttpApiEndpoint.get('snapshot', '/api/runs/:key/snapshots/:n', {
  params: { ...runKey, n: index('The number of the entry in the history') },
  success: schemaOf(Snapshot),
  error: failures(404),
}).annotate(OpenApi.Summary, 'One entry of the history of a run, with its whole record.')

const changes = HttpApiEndpoint.get('changes', '/api/runs/:key/changes/:from/:to', {
  params: {
    ...runKey,
    from: index('The number of the earlier entry'),
    to: index('The number of the later entry'),
  },
  success: schemaOf(Changes),
  error: failures(404),
}).annotate(
  OpenApi.Summary,
  'What changed between two entries of a history: a delta, a JSON Patch, and words.',
)

const edit = HttpApiEndpoint.patch('edit', '/api/runs/:key', {
  params: runKey,
  payload: schemaOf(RunEdit),
  success: schemaOf(RunRow),
  error: failures(404, 415),
}).annotate(OpenApi.Summary, 'The run, with the tags, the note and the choice to hide it that the body has.')

const remove = HttpApiEndpoint.delete('remove', '/api/runs/:key', {
  params: runKey,
  error: failures(404, 415),
}).annotate(
  OpenApi.Summary,
  'Deletes a run with its history, and its events and checkpoints unless another run has its id.',
)

/** Runs: lists, facets, one run, its history, the words of the user. */
export const runs = HttpApiGroup.make('runs')
  .add(list, facets, get, curves, events, checkpoints, story, snapshot, changes, edit, remove)
  .annotate(OpenApi.Description, 'Runs: lists, facets, one run, its history, the words of the user.')
