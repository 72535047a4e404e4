import { compareRuns } from '@finetune-kit/diff/story'
import { curvesOf, progressOf, stepTimesOf } from '@finetune-kit/model'
import type { Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import type { Comparison } from '../../api/compare.ts'
import { api } from '../../api/definition/api.ts'
import { answer } from '../ApiError.ts'
import type { ReadableRun } from '../runDetail.ts'
import { runRow } from '../runRow.ts'
import { comparedRuns } from './comparedRuns.ts'

/** Several runs, field by field. */
export const compareHandlers = (store: Store) =>
  HttpApiBuilder.group(api, 'compare', handlers =>
    handlers.handleAll({
      compare: ({ query: { run: keys, all, baseline: key } }) =>
        answer(
          Effect.map(comparedRuns(store, keys, key), ({ runs, baseline }) => {
            const table = compareRuns(
              runs.map(({ last: run, resources }) => ({ run, ...resources })),
              { all: all === 'true', ...(baseline === undefined ? {} : { baseline }) },
            )
            return { runs: runs.map(comparedRun), baseline: table.baseline, rows: table.rows }
          }),
        ),
    }),
  )

const comparedRun = (run: ReadableRun): Comparison['runs'][number] => {
  const summary = runRow(run)
  return {
    key: summary.key,
    summary,
    curves: curvesOf(run.resources),
    times: stepTimesOf(run.resources),
    started_at: progressOf(run.last, run.resources).startedAt,
  }
}
