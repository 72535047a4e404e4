import * as HttpRouter from 'effect/http/HttpRouter'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import * as Effect from 'effect/Effect'
import type { Archive } from '../Archive.ts'
import { refused } from './refused.ts'

/** The answers about an archive: see `Answers`. */
export const routes = <A>(archive: Archive<A>) =>
  HttpRouter.addAll([
    HttpRouter.route(
      'GET',
      '/api/runs',
      Effect.sync(() =>
        HttpServerResponse.jsonUnsafe({
          source: archive.source,
          runs: [...archive.runs].map(([run, snapshots]) => ({
            run,
            snapshots: snapshots.length,
            last: snapshots.at(-1),
          })),
          rejects: archive.rejects,
          rejected: archive.rejected,
        }),
      ),
    ),
    HttpRouter.route('GET', '/api/runs/:run', () =>
      Effect.map(HttpRouter.params, ({ run = '' }) => {
        const snapshots = archive.runs.get(run)
        return snapshots === undefined ? noRun(run) : HttpServerResponse.jsonUnsafe({ run, snapshots })
      }),
    ),
    HttpRouter.route('GET', '/api/*', Effect.succeed(refused(404, 'There is no such question in this API.'))),
  ])

const noRun = (run: string) => refused(404, `The archive has no run ${JSON.stringify(run)}.`)
