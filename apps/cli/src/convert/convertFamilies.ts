import type { Input } from '@finetune-kit/archive'
import { RecordKind } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { type CliError, cliError } from '../CliError.ts'
import { complain } from '../Io.ts'
import type { FileConversion, Records } from './FileConversion.ts'

/** Converts the records to the family that was passed, if one was. */
export const convertFamilies =
  (input: Input, conversion: FileConversion) =>
  (records: Records): Records => {
    const { family, verbose, to, partitions } = conversion
    if (family === undefined) return records
    return Stream.mapEffect(records, read => {
      const { record, isRun, notes } = family.convert(read)
      if (!isRun && to.needsSchema && !partitions) return Effect.fail(noRun(record, input, conversion))
      return verbose ? Effect.as(complain(...notes()), record) : Effect.succeed(record)
    })
  }

const noRun = (record: unknown, { name }: Input, { as, to }: FileConversion): CliError => {
  const detected = RecordKind.detect(record)
  const kind = detected._tag === 'Right' ? `a record of kind ${detected.right.name}` : 'a record'
  const other = as === 'job' ? 'fine-tune' : 'job'
  return cliError(
    `${name}: ${kind} is no run, and --as ${as} writes only runs to ${to.name}. Pass --records --kind ${other} to take the ${other}s alone, or --to ndjson.`,
  )
}
