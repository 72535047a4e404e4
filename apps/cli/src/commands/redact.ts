import * as Flag from 'effect/cli/Flag'

/** `--redact` */
export const redact = Flag.Boolean('redact').pipe(
  Flag.withDefault(false),
  Flag.withDescription('Hide API keys and organization ids'),
)
