import { rejectLines, type Store, type StoreError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as HttpRouter from 'effect/http/HttpRouter'
import * as HttpServerRequest from 'effect/http/HttpServerRequest'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import { answer, type ApiError, errorResponse } from '../ApiError.ts'
import { readRun } from '../handlers/runs.ts'
import type { FileReport } from '../importFiles.ts'
import { changesBody, runDetail } from '../runDetail.ts'
import { readLedger } from './Ledger.ts'
import { countsOf, matching, parseQuery } from './RunQuery.ts'

/** The routes of the page of today, until it asks the API: see `old`. */
export const oldRoutes = (store: Store, imported: ReadonlyArray<FileReport> = []) =>
  HttpRouter.addAll([
    HttpRouter.route('GET', '/api/old/runs', () =>
      Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ url }) =>
        json(runsBody(store, imported, new URL(url, 'http://localhost').searchParams)),
      ),
    ),
    HttpRouter.route('GET', '/api/old/runs/:run', () =>
      Effect.flatMap(HttpRouter.params, ({ run: key = '' }) => json(runBody(store, key))),
    ),
    HttpRouter.route('GET', '/api/old/runs/:run/changes/:from/:to', () =>
      Effect.flatMap(HttpRouter.params, ({ run: key = '', from, to }) =>
        json(
          Effect.map(readRun(store, key), run =>
            changesBody(run, run.snapshots[Number(from)]?.value, run.snapshots[Number(to)]?.value),
          ),
        ),
      ),
    ),
  ])

const json = <R>(body: Effect.Effect<unknown, ApiError | StoreError, R>) =>
  Effect.map(answer(body), found =>
    HttpServerResponse.isHttpServerResponse(found) ? found : HttpServerResponse.jsonUnsafe(found),
  )

const runsBody = (store: Store, imported: ReadonlyArray<FileReport>, parameters: URLSearchParams) =>
  Effect.map(readLedger(store), ({ sources, runs }): unknown => {
    const parsed = parseQuery(parameters)
    if ('problem' in parsed) return errorResponse({ status: 400, message: parsed.problem })
    const { offset, limit } = parsed.query
    const matches = matching(parsed.query)(runs)
    return {
      sources,
      total: runs.length,
      matched: matches.length,
      offset,
      limit,
      runs: matches.slice(offset, offset + limit).map(({ row }) => row),
      statuses: countsOf(runs, 'status'),
      kinds: countsOf(runs, 'kind'),
      unjoined: [],
      rejects: imported.flatMap(({ name, rejects }) => rejects.flatMap(reject => rejectLines(name, reject))),
      rejected: imported.reduce((sum, { rejected }) => sum + rejected, 0),
    }
  })

const runBody = (store: Store, key: string) =>
  Effect.map(readRun(store, key), run => {
    const { kind, id, curves, lints, events, checkpoints, story, summary } = runDetail(run)
    return {
      key: summary.key,
      id,
      kind,
      summary: { ...summary, snapshots: run.snapshots.length },
      snapshots: run.snapshots.map(({ value }) => value),
      seenAt: run.snapshots.map(({ seenAt }) => seenAt),
      events,
      checkpoints,
      curves,
      lints,
      story,
    }
  })
