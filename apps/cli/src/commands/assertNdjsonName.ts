import { inputName } from '@finetune-kit/archive'
import { detect, formatByName, Ndjson } from '@finetune-kit/serialization'
import * as Effect from 'effect/Effect'
import { cliError } from '../CliError.ts'

/**
 * Fails if the name of a file is that of another format than NDJSON, in which observations are
 * written. Readers of JSON read lines too.
 */
export const assertNdjsonName = (path: string) => {
  const { format = Ndjson } = detect(new Uint8Array(0), path)
  return format.name === Ndjson.name || format === formatByName('JSON')
    ? Effect.void
    : Effect.fail(
        cliError(
          `${inputName(path)}: the name of a file of ${format.name}, and NDJSON is written. Pass one that ends in .ndjson, and convert that file.`,
        ),
      )
}
