import { summaryColumns } from '@finetune-kit/store'
import * as HttpApiEndpoint from 'effect/http-api/HttpApiEndpoint'
import * as HttpApiGroup from 'effect/http-api/HttpApiGroup'
import * as Schema from 'effect/Schema'
import { Changes } from '../changes.ts'
import { RunCurves } from '../curves.ts'
import { CheckpointPage, EventPage, RunDetail, Snapshot, StoryPage } from '../run.ts'
import { FacetList, RunList } from '../runs.ts'
import { RunEdit, RunRow } from '../RunRow.ts'
import { filterQuery } from './filterQuery.ts'
import { failures, schemaOf } from './schemaOf.ts'

/** The most rows of a page. */
export const maxRows = 500

const listQuery = {
  ...filterQuery,
  sort: Schema.optional(Schema.Literals(summaryColumns.map(({ key }) => key))),
  order: Schema.optional(Schema.Literals(['ascending', 'descending'])),
  after: Schema.optional(Schema.String),
  offset: Schema.optional(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  limit: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxRows }))),
}

const key = { key: Schema.String }

/** The number of an entry of a history, from 0. */
const Index = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

const list = HttpApiEndpoint.get('list', '/api/runs', {
  query: listQuery,
  success: schemaOf(RunList),
})

const facets = HttpApiEndpoint.get('facets', '/api/facets', {
  query: filterQuery,
  success: schemaOf(FacetList),
})

const get = HttpApiEndpoint.get('get', '/api/runs/:key', {
  params: key,
  success: schemaOf(RunDetail),
  error: failures(404),
})

/** The most events, checkpoints or news of a page. */
const maxItems = 500

const pageQuery = {
  offset: listQuery.offset,
  limit: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxItems }))),
}

const events = HttpApiEndpoint.get('events', '/api/runs/:key/events', {
  params: key,
  query: {
    /** Empty: the events without a level. */
    level: Schema.optional(Schema.String),
    ...pageQuery,
  },
  success: schemaOf(EventPage),
  error: failures(404),
})

const checkpoints = HttpApiEndpoint.get('checkpoints', '/api/runs/:key/checkpoints', {
  params: key,
  query: pageQuery,
  success: schemaOf(CheckpointPage),
  error: failures(404),
})

const story = HttpApiEndpoint.get('story', '/api/runs/:key/story', {
  params: key,
  query: pageQuery,
  success: schemaOf(StoryPage),
  error: failures(404),
})

/** The most points of an answer: with seventeen digits each, they take less than 60 kB compressed. */
export const maxPoints = 3600

const curves = HttpApiEndpoint.get('curves', '/api/runs/:key/curves', {
  params: key,
  query: {
    /** The first and the last step. Default: all. A short enough part has every point. */
    from: Schema.optional(Schema.Finite),
    to: Schema.optional(Schema.Finite),
    /** The axis that the curves are thinned for. Default: linear. */
    axis: Schema.optional(Schema.Literals(['linear', 'logarithmic'])),
    /** The most points of all curves. Default: 3600. */
    points: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 100, maximum: maxPoints }))),
  },
  success: schemaOf(RunCurves),
  error: failures(404),
})

const snapshot = HttpApiEndpoint.get('snapshot', '/api/runs/:key/snapshots/:n', {
  params: { ...key, n: Index },
  success: schemaOf(Snapshot),
  error: failures(404),
})

const changes = HttpApiEndpoint.get('changes', '/api/runs/:key/changes/:from/:to', {
  params: { ...key, from: Index, to: Index },
  success: schemaOf(Changes),
  error: failures(404),
})

const edit = HttpApiEndpoint.patch('edit', '/api/runs/:key', {
  params: key,
  payload: schemaOf(RunEdit),
  success: schemaOf(RunRow),
  error: failures(404, 415),
})

const remove = HttpApiEndpoint.delete('remove', '/api/runs/:key', { params: key, error: failures(404, 415) })

/** Runs: lists, facets, one run, its history, the words of the user. */
export const runs = HttpApiGroup.make('runs').add(
  list,
  facets,
  get,
  curves,
  events,
  checkpoints,
  story,
  snapshot,
  changes,
  edit,
  remove,
)
