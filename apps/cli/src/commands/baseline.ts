import { escapeUnprintable } from '@finetune-kit/codec'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import { type CliError, cliError } from '../CliError.ts'

/** `--baseline` */
export const baseline = Flag.String('baseline').pipe(
  Flag.withMetavar('ID'),
  Flag.withDescription('The id of the run that the others are measured against. Default: none'),
  Flag.withDefault(undefined),
)

/** Fails if the baseline is not among the runs. */
export const requireBaseline = (
  baseline: string | undefined,
  runs: ReadonlyArray<{ readonly id: string }>,
): Effect.Effect<void, CliError> =>
  baseline === undefined || runs.some(({ id }) => id === baseline)
    ? Effect.void
    : Effect.fail(
        cliError(
          `--baseline: no run ${escapeUnprintable(JSON.stringify(baseline))} is compared. Pass the id of one that is.`,
        ),
      )
