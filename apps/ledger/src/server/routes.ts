import * as HttpRouter from 'effect/http/HttpRouter'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import * as Effect from 'effect/Effect'
import { Delta } from '@finetune-kit/diff'
import { Change, changeText, sentence } from '@finetune-kit/diff/story'
import type * as t from 'io-ts'
import type { RunArchive } from '@finetune-kit/archive'
import { errorResponse } from './errorResponse.ts'

/** The routes of the API over an archive: see `responses`. */
export const routes = <A>(codec: t.Type<A, unknown>, archive: RunArchive.RunArchive<A>) => {
  const { diff } = Delta.of(codec)
  const changesOf = Change.of(codec)
  return HttpRouter.addAll([
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
    HttpRouter.route('GET', '/api/runs/:run/changes/:from/:to', () =>
      Effect.map(HttpRouter.params, ({ run = '', from = '', to = '' }) => {
        const snapshots = archive.runs.get(run)
        if (snapshots === undefined) return noRun(run)
        const [a, b] = [snapshotOf(snapshots, from), snapshotOf(snapshots, to)]
        if (a === undefined) return noSnapshot(run, snapshots.length, from)
        if (b === undefined) return noSnapshot(run, snapshots.length, to)
        const changes = changesOf(a, b)
        return HttpServerResponse.jsonUnsafe({
          delta: diff(a, b),
          sentences: changes.map(change => ({ change: change._tag, ...sentence(change) })),
          text: changeText(changes),
        })
      }),
    ),
    HttpRouter.route(
      'GET',
      '/api/*',
      Effect.succeed(errorResponse(404, 'There is no such question in this API.')),
    ),
  ])
}

const snapshotOf = <A>(snapshots: ReadonlyArray<A>, index: string): A | undefined =>
  /^\d{1,9}$/.test(index) ? snapshots[Number(index)] : undefined

const noSnapshot = (run: string, count: number, index: string) =>
  errorResponse(
    404,
    `The run ${JSON.stringify(run)} has no snapshot ${JSON.stringify(index)}: they are 0 to ${count - 1}.`,
  )

const noRun = (run: string) => errorResponse(404, `The archive has no run ${JSON.stringify(run)}.`)
