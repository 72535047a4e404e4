import * as HttpRouter from 'effect/http/HttpRouter'
import * as HttpServerRequest from 'effect/http/HttpServerRequest'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import * as Effect from 'effect/Effect'
import { errorResponse } from './errorResponse.ts'
import { findRun, type Ledger, type LedgerRun } from './Ledger.ts'
import { countsOf, matching, parseQuery } from './RunQuery.ts'
import { changesResponse, runResponse } from './runResponse.ts'

/** The routes of the API over the runs of a ledger: see `responses`. */
export const routes = (ledger: Ledger) => {
  const runOf = findRun(ledger)
  return HttpRouter.addAll([
    HttpRouter.route('GET', '/api/runs', () =>
      Effect.map(HttpServerRequest.HttpServerRequest, ({ url }) =>
        runsResponse(ledger, new URL(url, 'http://localhost').searchParams),
      ),
    ),
    HttpRouter.route('GET', '/api/runs/:run', () =>
      Effect.map(HttpRouter.params, ({ run: key = '' }) => {
        const run = runOf(key)
        return run === undefined ? noRun(key) : HttpServerResponse.jsonUnsafe(runResponse(run))
      }),
    ),
    HttpRouter.route('GET', '/api/runs/:run/changes/:from/:to', () =>
      Effect.map(HttpRouter.params, ({ run: key = '', from = '', to = '' }) => {
        const run = runOf(key)
        if (run === undefined) return noRun(key)
        const missing = [from, to].find(index => !hasSnapshot(run, index))
        if (missing !== undefined) return noSnapshot(run, missing)
        const { snapshots } = run
        return HttpServerResponse.jsonUnsafe(
          changesResponse(run, snapshots[Number(from)], snapshots[Number(to)]),
        )
      }),
    ),
    HttpRouter.route('GET', '/api/*', Effect.succeed(errorResponse(404, 'No such endpoint.'))),
  ])
}

const runsResponse = (
  { sources, runs, unjoined, rejects, rejected }: Ledger,
  parameters: URLSearchParams,
): HttpServerResponse.HttpServerResponse => {
  const parsed = parseQuery(parameters)
  if ('problem' in parsed) return errorResponse(400, parsed.problem)
  const { offset, limit } = parsed.query
  const matches = matching(parsed.query)(runs)
  return HttpServerResponse.jsonUnsafe({
    sources,
    total: runs.length,
    matched: matches.length,
    offset,
    limit,
    runs: matches.slice(offset, offset + limit).map(({ row }) => row),
    statuses: countsOf(runs, 'status'),
    kinds: countsOf(runs, 'kind'),
    unjoined: [...unjoined].map(([value, count]) => ({ value, count })),
    rejects,
    rejected,
  })
}

const hasSnapshot = ({ snapshots }: LedgerRun, index: string): boolean =>
  /^\d{1,9}$/.test(index) && Number(index) < snapshots.length

const noSnapshot = ({ id, snapshots }: LedgerRun, index: string) =>
  errorResponse(
    404,
    `The run ${JSON.stringify(id)} has no snapshot ${JSON.stringify(index)}: they are 0 to ${snapshots.length - 1}.`,
  )

const noRun = (key: string) => errorResponse(404, `No run ${JSON.stringify(key)}.`)
