import type { RunSummary } from '@finetune-kit/model'
import { facetColumns, type SeenSnapshot, type Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import { api } from '../../api/definition/api.ts'
import { defaultSort, RunEdit } from '../../api/RunRow.ts'
import { answer, type ApiError, apiError } from '../ApiError.ts'
import { decodeBody } from '../decodeBody.ts'
import { runCurves } from '../runCurves.ts'
import {
  changesBody,
  checkpointPage,
  eventPage,
  type ReadableRun,
  runDetail,
  snapshotBody,
  storyPage,
} from '../runDetail.ts'
import { runFilter } from '../runFilter.ts'
import * as RunKey from '../RunKey.ts'
import type { RunReader } from '../RunReader.ts'
import { runRow } from '../runRow.ts'

/** Lists, facets, single runs and their histories, and the words of the user. */
export const runHandlers = (store: Store, read: RunReader) =>
  HttpApiBuilder.group(api, 'runs', handlers =>
    handlers.handleAll({
      list: ({ query: { sort = defaultSort, order, after, limit, offset, ...filterQuery } }) =>
        answer(
          Effect.gen(function* () {
            const filter = runFilter(filterQuery)
            const seq = yield* store.lastChange
            const page = yield* store.runs({
              filter,
              sort: sort as keyof RunSummary,
              order,
              after,
              limit,
              offset,
            })
            const matched = yield* store.count(filter)
            return { runs: page.runs.map(runRow), next: page.next ?? null, matched, seq }
          }),
        ),
      facets: ({ query }) => {
        const filter = runFilter(query)
        return answer(
          Effect.map(store.facets(filter), ({ total, columns }) => ({
            total,
            columns: facetColumns.map(column => {
              const isChosen = (value: string | null) => filter.in?.[column]?.includes(value) === true
              const values = columns[column].filter(({ value }, i) => i < maxFacetValues || isChosen(value))
              return { column, values, more: columns[column].length - values.length }
            }),
          })),
        )
      },
      get: ({ params: { key } }) => answer(Effect.map(read(key), runDetail)),
      events: ({ params: { key }, query }) => answer(Effect.map(read(key), run => eventPage(run, query))),
      checkpoints: ({ params: { key }, query }) =>
        answer(Effect.map(read(key), run => checkpointPage(run, query))),
      story: ({ params: { key }, query }) => answer(Effect.map(read(key), run => storyPage(run, query))),
      curves: ({ params: { key }, query }) => answer(Effect.map(read(key), run => runCurves(run, query))),
      snapshot: ({ params: { key, n } }) =>
        answer(
          Effect.gen(function* () {
            const run = yield* read(key)
            return snapshotBody(yield* snapshotOf(run, n), n)
          }),
        ),
      changes: ({ params: { key, from, to } }) =>
        answer(
          Effect.gen(function* () {
            const run = yield* read(key)
            const [a, b] = [yield* snapshotOf(run, from), yield* snapshotOf(run, to)]
            return changesBody(run, a.value, b.value)
          }),
        ),
      edit: ({ params: { key }, payload }) =>
        answer(
          Effect.gen(function* () {
            const { hidden: isHidden, ...words } = yield* decodeBody(RunEdit)(payload)
            const name = RunKey.parse(key)
            yield* store.edit(name, { ...words, isHidden })
            return runRow(yield* store.row(name))
          }),
        ),
      remove: ({ params: { key } }) =>
        answer(Effect.as(store.delete(RunKey.parse(key)), HttpServerResponse.empty({ status: 204 }))),
    }),
  )

/** The most values of a column next to those of the filter; the others can be searched for. */
const maxFacetValues = 100

const snapshotOf = ({ id, snapshots }: ReadableRun, n: number): Effect.Effect<SeenSnapshot, ApiError> => {
  const found = snapshots[n]
  return found === undefined
    ? Effect.fail(
        apiError(404, `run ${JSON.stringify(id)}: no snapshot ${n}. They are 0 to ${snapshots.length - 1}.`),
      )
    : Effect.succeed(found)
}
