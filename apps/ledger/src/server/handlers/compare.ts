import { compareRuns } from '@finetune-kit/diff/story'
import type { Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import { api } from '../../api/definition/api.ts'
import { answer } from '../ApiError.ts'
import * as RunKey from '../RunKey.ts'
import { comparedRuns } from './comparedRuns.ts'

/** The most rows of a comparison. Records of one service differ in fewer than fifty fields. */
const maxRows = 100

/** Several runs, field by field. */
export const compareHandlers = (store: Store) =>
  HttpApiBuilder.group(api, 'compare', handlers =>
    handlers.handleAll({
      compare: ({ query: { run: keys, all, baseline: key } }) =>
        answer(
          Effect.map(comparedRuns(store, keys, key), ({ runs, baseline }) => {
            const table = compareRuns(
              runs.map(({ last: run, resources }) => ({ run, ...resources })),
              { all: all === 'true', baseline },
            )
            return {
              runs: runs.map(run => ({ key: RunKey.print(run), id: run.id })),
              baseline: table.baseline,
              rows: table.rows.slice(0, maxRows),
              more: Math.max(0, table.rows.length - maxRows),
            }
          }),
        ),
    }),
  )
