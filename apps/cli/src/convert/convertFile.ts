import { codecForInput, type Input, inputName, openInput } from '@finetune-kit/archive'
import { Csv, CsvTables, detect } from '@finetune-kit/serialization'
import {
  type BadRecordPolicy,
  Compression,
  type FileError,
  readTables,
  tally,
  writeFiles,
  writeTables,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import { type CliError, cliError } from '../CliError.ts'
import { requireKind } from '../commands/kind.ts'
import { Io, sourceOf, writeOutput } from '../Io.ts'
import { assertDistinctFiles } from './assertDistinctFiles.ts'
import { withBadRecords } from './badRecords.ts'
import {
  type Conversion,
  type ConversionPlan,
  type ConversionResult,
  convertedBytes,
  readConverted,
} from './Conversion.ts'
import { describeFailure, summaryOf } from './conversionText.ts'
import { withProgress } from './progress.ts'
import { fileOfTable, firstItems, openTables, tablesProblem } from './tables.ts'

/** Reads a file and writes it in another format. */
export const convertFile = (plan: ConversionPlan): Effect.Effect<ConversionResult, CliError | FileError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const input = yield* openPlanned(plan)
      const conversion = yield* prepare(input, plan)
      let hasBad = false
      yield* withBadRecords(plan.bad, conversion.nameOf, choice => {
        const noted: BadRecordPolicy =
          choice === 'fail'
            ? choice
            : bad =>
                Effect.andThen(
                  Effect.sync(() => void (hasBad = true)),
                  choice(bad),
                )
        return runConversion(input, { ...conversion, policy: noted })
      }).pipe(withProgress(input, conversion.count, (yield* Io).stderr))
      return { summary: summaryOf(input, conversion), hasBad }
    }),
  ).pipe(Effect.catch(error => describeFailure(error, plan)))

const openPlanned = ({ input, known, tables }: ConversionPlan) =>
  Effect.gen(function* () {
    const isCsv = (known.format ?? detect(new Uint8Array(0), input).format)?.name === Csv.name
    const lists = tables && isCsv ? yield* firstItems(input) : {}
    return yield* openInput(yield* sourceOf(input), { ...known, lists })
  })

/** Settles codec and tables, and that no file is written over another. */
const prepare = (
  input: Input,
  plan: ConversionPlan,
): Effect.Effect<Conversion, CliError | FileError, Scope.Scope> =>
  Effect.gen(function* () {
    const problem = plan.tables ? tablesProblem(input.format, plan.to, plan) : undefined
    if (problem !== undefined) return yield* Effect.fail(cliError(problem))
    if (input.kind === undefined && input.unclear !== undefined) yield* requireKind(input)
    const codec = plan.known.kind?.codec ?? input.kind?.codec ?? codecForInput(input)
    const tables = plan.tables ? CsvTables.of(codec) : undefined
    const from = input.format === Csv ? tables : undefined
    const into = plan.to === Csv ? tables : undefined
    const inputs = from?.tables.map(table => fileOfTable(plan.input, table)) ?? [plan.input]
    const outputs = into?.tables.map(table => fileOfTable(plan.output, table)) ?? [plan.output]
    yield* assertDistinctFiles({ inputs, outputs, bad: plan.bad })
    return {
      ...plan,
      codec,
      from,
      into,
      outputs,
      streams: from && (yield* openTables(plan.input, input, from.tables)),
      count: tally(),
      policy: 'fail',
      nameOf: table => fileOfTable(inputName(plan.input), table),
    }
  })

const runConversion = (input: Input, conversion: Conversion) => {
  const { output, outputs, from, into, streams, policy, count } = conversion
  const records =
    from === undefined || streams === undefined
      ? readConverted(input, conversion)
      : readTables(from, { bad: policy, tally: count })(streams)
  if (into === undefined)
    return writeOutput(output)(compressed(output)(convertedBytes(input, records, conversion)))
  return records.pipe(
    writeTables(into, {
      bad: policy,
      tally: count,
      write: tables => writeFiles(outputs)(tables.map(compressed(output))),
    }),
  )
}

const compressed =
  (output: string) =>
  <E>(bytes: Stream.Stream<Uint8Array, E>) => {
    const compression = Compression.ofName(output)
    return compression === undefined ? bytes : Compression.compress(compression, inputName(output))(bytes)
  }
