import { compareRuns } from '@finetune-kit/diff/story'
import { curvesOf } from '@finetune-kit/model'
import type { Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import { api } from '../../api/definition/api.ts'
import { answer, apiError } from '../ApiError.ts'
import * as RunKey from '../RunKey.ts'
import { runRow } from '../runRow.ts'
import { readRun } from './runs.ts'

/** The most runs of a comparison. */
const maxRuns = 100

/** Several runs, field by field. */
export const compareHandlers = (store: Store) =>
  HttpApiBuilder.group(api, 'compare', handlers =>
    handlers.handleAll({
      compare: ({ query: { run: keys, baseline, all } }) =>
        answer(
          Effect.gen(function* () {
            if (keys.length > maxRuns)
              return yield* Effect.fail(apiError(400, `run: ${keys.length} runs. Pass at most ${maxRuns}.`))
            const runs = yield* Effect.forEach(new Set(keys), key => readRun(store, key))
            const rows = runs.map(runRow)
            const based =
              baseline === undefined ? undefined : RunKey.print(yield* store.row(RunKey.parse(baseline)))
            const index = rows.findIndex(({ key }) => key === based)
            if (based !== undefined && index === -1)
              return yield* Effect.fail(
                apiError(400, 'baseline: not one of the compared runs. Pass it as run too.'),
              )
            const compared = runs.map(({ last: run, resources }) => ({ run, ...resources }))
            const table = compareRuns(compared, {
              all: all === 'true',
              ...(index === -1 ? {} : { baseline: index }),
            })
            return {
              runs: rows.map((summary, i) => ({
                key: summary.key,
                summary,
                curves: curvesOf(runs[i]?.resources ?? {}),
              })),
              baseline: table.baseline,
              rows: table.rows,
            }
          }),
        ),
    }),
  )
