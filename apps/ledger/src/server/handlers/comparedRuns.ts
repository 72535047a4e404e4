import type { Store, StoreError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import { type ApiError, apiError } from '../ApiError.ts'
import type { ReadableRun } from '../runDetail.ts'
import * as RunKey from '../RunKey.ts'
import { readRun } from '../RunReader.ts'

/** The most runs of a comparison. */
const maxRuns = 100

/** The runs of a comparison, each once, and the index of the baseline. */
export interface ComparedRuns {
  readonly runs: ReadonlyArray<ReadableRun>
  readonly baseline: number | undefined
}

/** Reads the runs of some keys. */
export const comparedRuns = (
  store: Store,
  keys: ReadonlyArray<string>,
  baseline: string | undefined,
): Effect.Effect<ComparedRuns, ApiError | StoreError> =>
  Effect.gen(function* () {
    if (keys.length > maxRuns)
      return yield* Effect.fail(apiError(400, `run: ${keys.length} runs. Pass at most ${maxRuns}.`))
    const runs = yield* Effect.forEach(new Set(keys), key => readRun(store, key))
    if (baseline === undefined) return { runs, baseline }
    const based = RunKey.print(yield* store.row(RunKey.parse(baseline)))
    const index = runs.findIndex(run => RunKey.print(run) === based)
    return index === -1
      ? yield* Effect.fail(apiError(400, 'baseline: not one of the compared runs. Pass it as run too.'))
      : { runs, baseline: index }
  })
