import { escapeUnprintable } from '@finetune-kit/codec'
import { type DatasetReport, type Input, inputName } from '@finetune-kit/archive'
import { Csv, type Format, type Tables } from '@finetune-kit/serialization'
import type { BadRecord, FileError, LineTooLongError, WorkerError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import { type CliError, cliError } from '../CliError.ts'
import { countedList, tableFile } from '../commands/countedTable.ts'
import { isStdout } from '../Io.ts'
import { isBrokenPipe } from '../Output.ts'
import { pluralize } from '../pluralize.ts'
import { drawBad } from './badRecords.ts'
import type { ConversionCounts, ConversionPlan, ConversionResult, FileConversion } from './FileConversion.ts'
import { type MixedKindsError, mixedKindsText } from './mixedKinds.ts'
import { fileOfTable } from './tables.ts'

/**
 * `85 records read from runs.ndjson (NDJSON): 85 written to runs.csv (CSV, 5 tables), 0 rejected`
 */
export const summaryOf = (
  input: Input,
  { output, outputs, to, from, into, count, family }: FileConversion,
  dataset: DatasetReport | undefined,
): string => {
  const isByKind = into === undefined && outputs.some(path => path !== output)
  const names = isByKind ? outputs.map(inputName).join(', ') : outputName(output)
  return (
    `${pluralize(count.read, 'record')} read from ${input.name} (${formatText(input.format, from)}): ` +
    (family === undefined ? '' : `${family.summary()}, `) +
    `${count.written} written to ${names} (${formatText(to, into)}${
      dataset === undefined ? '' : `, ${pluralize(dataset.files.length, 'new file')}`
    }), ${dataset === undefined ? '' : `${dataset.present} already there, `}${count.rejected} rejected` +
    (count.notes ?? []).map(note => `\n${escapeUnprintable(`${input.name}: ${note}`)}`).join('')
  )
}

/** The same for programs. */
export const countsOf = (
  input: Input,
  { output, outputs, to, count }: FileConversion,
  dataset: DatasetReport | undefined,
): ConversionCounts => ({
  input: input.name,
  from: input.format.name,
  outputs: dataset?.files ?? (isStdout(output) ? ['stdout'] : outputs),
  to: to.name,
  read: count.read,
  written: count.written,
  ...(dataset === undefined ? {} : { present: dataset.present }),
  rejected: count.rejected,
})

const formatText = ({ name }: Format, tables: Tables<unknown> | undefined): string =>
  tables === undefined ? name : `${name}, ${pluralize(tables.tables.length, 'table')}`

const outputName = (output: string): string => (isStdout(output) ? 'stdout' : inputName(output))

/** The result of a conversion that stopped at a bad record; or why it cannot be done. */
export const describeFailure = (
  error: CliError | FileError | WorkerError | LineTooLongError | BadRecord | MixedKindsError,
  plan: ConversionPlan,
  /** The file that was read. */
  input: string,
): Effect.Effect<ConversionResult, CliError | FileError> => {
  const { output, to, tables, redact } = plan
  switch (error._tag) {
    case 'CliError':
      return Effect.fail(error)
    case 'FileError':
      // a reader may stop early: that is no mistake
      return isStdout(error.path) && isBrokenPipe(error.code)
        ? Effect.succeed({ summary: undefined, hasBad: false })
        : Effect.fail(error)
    case 'MixedKindsError':
      return Effect.fail(cliError(mixedKindsText(plan)))
    case 'WorkerError':
      return Effect.fail(cliError(`--threads: a thread stopped: ${error.reason}. Leave the flag out.`))
    case 'LineTooLongError':
      return Effect.fail(cliError(`${input}: a line is too long for --threads. Leave it out.`))
    default: {
      const name = outputName(output)
      const all = tables && to === Csv ? `${name} and its other tables were` : `${name} was`
      const kept = isStdout(output) ? 'stdout ends there' : `${all} not written`
      const issues = drawBad(error, { name: table => fileOfTable(input, table), redact })
      // a column that cannot be read, or damage after the last record
      const isRecord = error._tag !== 'Reject' || error.records !== 0
      const [bad, them] = isRecord ? ['a bad record', 'such records'] : ['what cannot be read', 'it']
      const list = tables || error._tag !== 'Reject' ? undefined : countedList(error.error)
      return Effect.map(list === undefined ? Effect.undefined : tableFile(input, list), file => {
        const remedy =
          file === undefined
            ? `Pass --bad skip to continue without ${them}.`
            : `Pass --tables to read ${inputName(file)} with it.`
        return { summary: `${issues}\nStopped at ${bad}: ${kept}. ${remedy}`, hasBad: true }
      })
    }
  }
}
