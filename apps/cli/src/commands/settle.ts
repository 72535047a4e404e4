import * as Flag from 'effect/cli/Flag'

/** `--settle`: the pauses after the end of a run before it is looked at for the last times. */
export const settle = Flag.Int('settle').pipe(
  Flag.withMetavar('SECONDS'),
  Flag.withDefault(60),
  Flag.withDescription(
    'The time after the end of a run in which the service may still write about it. Default: 60',
  ),
  Flag.map((seconds): ReadonlyArray<number> => (seconds <= 0 ? [] : [seconds / 4, seconds])),
)
