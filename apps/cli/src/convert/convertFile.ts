import {
  addToDataset,
  anyKindCodec,
  codecForInput,
  type Input,
  inputName,
  listFiles,
  openInput,
  sortRecords,
} from '@finetune-kit/archive'
import type { RecordKind } from '@finetune-kit/model'
import { Csv, CsvTables, detect } from '@finetune-kit/serialization'
import {
  type BadRecordPolicy,
  type FileError,
  readTables,
  tally,
  writeFiles,
  writeTables,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import type * as t from 'io-ts'
import { boundYoungGeneration } from '../boundYoungGeneration.ts'
import { type CliError, cliError } from '../CliError.ts'
import { compressByName } from '../compressByName.ts'
import { requireKind } from '../commands/kind.ts'
import { requireRecords } from '../commands/requireRecords.ts'
import { nameErrorResponse } from './errorResponse.ts'
import { withoutErrors } from '../commands/withoutErrors.ts'
import { sourceOf, writeOutput } from '../Io.ts'
import { withProgressLine } from '../withProgressLine.ts'
import { assertDistinctFiles } from './assertDistinctFiles.ts'
import { withBadRecords } from './badRecords.ts'
import {
  type FileConversion,
  type ConversionPlan,
  type ConversionResult,
  convertedBytes,
  readConverted,
} from './FileConversion.ts'
import { convertFamilies } from './convertFamilies.ts'
import { familyConverter } from './convertFamily.ts'
import { countsOf, describeFailure, summaryOf } from './conversionText.ts'
import { kindsOf, type MixedKindsError, mixedKindsText, noGuard, otherKind } from './mixedKinds.ts'
import { progressText } from './progressText.ts'
import { takeRecords } from './takeRecords.ts'
import { writeByKind } from './writeByKind.ts'
import { fileOfTable, firstItems, openTables, tablesProblem } from './tables.ts'

/** Reads files and writes them in another format; records of several kinds to a file for each. */
export const convertFile = (plan: ConversionPlan): Effect.Effect<ConversionResult, CliError | FileError> => {
  const reading = { name: inputName(plan.input) }
  return Effect.gen(function* () {
    const files = yield* recordsFirst(yield* listFiles(plan.input), plan)
    const input = { files, reading }
    const byKind = Effect.flatMap(kindsOf(files, plan), kinds => convertAs(input, plan, kinds))
    const isMixed = files.length > 1 || plan.records !== undefined
    const mayMix = isMixed && plan.to.needsSchema && !plan.partitions
    if (mayMix && plan.known.kind === undefined) return yield* Effect.scoped(byKind)
    return yield* Effect.scoped(convertAs(input, plan, undefined)).pipe(
      Effect.catch(error => (error._tag === 'MixedKindsError' ? Effect.scoped(byKind) : Effect.fail(error))),
    )
  }).pipe(Effect.catch(error => describeFailure(error, plan, reading.name)))
}

/** The files in their order, but that the first one, which settles format and kind, holds records. */
const recordsFirst = (files: ReadonlyArray<string>, { known }: ConversionPlan) =>
  Effect.gen(function* () {
    if (files.length < 2) return files
    for (const [i, file] of files.entries()) {
      const { data } = yield* Effect.scoped(openInput(file, known))
      if (data === undefined) return [file, ...files.toSpliced(i, 1)]
    }
    return files
  })

/**
 * @param kinds - the kinds that get a file each. Default: one output, of the kind of the first
 * record.
 */
const convertAs = (
  { files, reading }: { readonly files: ReadonlyArray<string>; readonly reading: FileConversion['reading'] },
  plan: ConversionPlan,
  several: ReadonlyArray<RecordKind.RecordKind> | undefined,
) =>
  Effect.gen(function* () {
    // the flag would hold the threads' young generations at the size that they begin with
    if (plan.threads === 1) yield* boundYoungGeneration
    const [first = '', ...more] = files
    const kinds = several?.length === 1 ? undefined : several
    const opened = yield* openPlanned({ ...plan, input: first })
    const isOne = several?.length === 1
    // an error response may come first
    const input = isOne && plan.records === undefined ? { ...opened, kind: several[0] } : opened
    reading.name = input.name
    const written = isOne ? several[0] : undefined
    const conversion = yield* prepare(input, plan, { kinds, written, more, reading })
    const { isOther, canSplit } =
      kinds === undefined && !plan.partitions ? yield* otherKind(input, plan) : noGuard
    const mixed: MixedKindsError = { _tag: 'MixedKindsError' }
    const named = nameErrorResponse(input)
    let hasBad = false
    const done = yield* withBadRecords(plan.bad, { name: conversion.nameOf, redact: plan.redact }, choice => {
      if (choice === 'fail') return runConversion(input, conversion, kinds)
      const policy: BadRecordPolicy<MixedKindsError> = bad => {
        hasBad = true
        return canSplit && bad.some(isOther) ? Effect.fail(mixed) : choice(bad.map(named))
      }
      return runConversion(input, { ...conversion, policy: policy as BadRecordPolicy }, kinds)
    }).pipe(
      Effect.catch(error => {
        const isMixed = error._tag === 'Reject' && isOther(error)
        const failure: typeof error | CliError | MixedKindsError = !isMixed
          ? error._tag === 'Reject'
            ? named(error)
            : error
          : canSplit
            ? mixed
            : cliError(mixedKindsText(plan))
        return Effect.fail(failure)
      }),
      withProgressLine(columns => progressText(input.progress, conversion.count, columns)),
    )
    const whole = { ...input, name: inputName(plan.input) }
    const dataset = done ?? undefined
    return {
      summary: summaryOf(whole, conversion, dataset),
      counts: countsOf(whole, conversion, dataset),
      hasBad,
    }
  })

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
  {
    kinds,
    written,
    more,
    reading,
  }: Pick<FileConversion, 'more' | 'reading'> & {
    readonly kinds: ReadonlyArray<RecordKind.RecordKind> | undefined
    /** The one kind of all that is written, if it was looked for. */
    readonly written: RecordKind.RecordKind | undefined
  },
): Effect.Effect<FileConversion, CliError | FileError, Scope.Scope> =>
  Effect.gen(function* () {
    const problem = plan.tables ? tablesProblem(input.format, plan.to, plan) : undefined
    if (problem !== undefined) return yield* Effect.fail(cliError(problem))
    if (kinds !== undefined && plan.tables) yield* Effect.fail(cliError(mixedKindsText(plan)))
    yield* requireRecords(input)
    if (input.kind === undefined && input.unclear !== undefined) yield* requireKind(input)
    const isMixed =
      kinds !== undefined ||
      (more.length > 0 && !plan.to.needsSchema) ||
      (plan.partitions && !input.format.needsSchema) ||
      ((plan.as !== undefined || !plan.to.needsSchema) && !input.format.needsSchema)
    const kind = plan.known.kind ?? (isMixed ? undefined : input.kind)
    const detected: t.Type<unknown> = kind?.codec ?? codecForInput(input)
    const codec = plan.known.kind === undefined ? withoutErrors(detected) : detected
    const family = plan.as === undefined ? undefined : familyConverter(plan.as)
    const ownCodec = kind === undefined && more.length > 0 ? anyKindCodec() : codec
    const toAny = plan.partitions || !plan.to.needsSchema
    const own = plan.records === undefined ? ownCodec : ((written?.codec as t.Mixed) ?? anyKindCodec())
    const outputCodec = family === undefined ? own : toAny ? anyKindCodec() : family.codec
    const from = plan.tables && input.format.name === Csv.name ? CsvTables.of(codec) : undefined
    const into = plan.tables && plan.to === Csv ? CsvTables.of(outputCodec) : undefined
    const inputs = from?.tables.map(table => fileOfTable(plan.input, table)) ?? [plan.input]
    const parts = into?.tables ?? kinds?.map(({ name }) => name) ?? ['']
    const outputs = parts.map(part => fileOfTable(plan.output, part))
    yield* assertDistinctFiles({ inputs, outputs, bad: plan.bad })
    return {
      ...plan,
      codec,
      outputCodec,
      family,
      kind,
      from,
      into,
      outputs,
      streams: from && (yield* openTables(plan.input, input, from.tables)),
      count: tally(),
      policy: 'fail',
      more,
      reading,
      nameOf: table => fileOfTable(reading.name, table),
    }
  })

const runConversion = (
  input: Input,
  conversion: FileConversion,
  kinds: ReadonlyArray<RecordKind.RecordKind> | undefined,
) => {
  const { output, outputs, partitions, order, to, look, from, into, streams, policy, count } = conversion
  const read =
    from === undefined || streams === undefined
      ? readConverted(input, conversion)
      : readTables(from, { bad: policy, tally: count })(streams)
  const converted = read.pipe(takeRecords(conversion), convertFamilies(input, conversion))
  const records =
    order === undefined ? converted : sortRecords(order, { bad: policy, tally: count })(converted)
  if (partitions) {
    const options = { format: to, look, bad: policy, tally: count }
    return addToDataset(output, order === undefined ? options : { ...options, order })(records)
  }
  if (kinds !== undefined) return writeByKind(kinds, conversion, compressByName(output))(records)
  if (into === undefined)
    return writeOutput(output)(compressByName(output)(convertedBytes(input, records, conversion)))
  return records.pipe(
    writeTables(into, {
      bad: policy,
      tally: count,
      write: tables => writeFiles(outputs)(tables.map(compressByName(output))),
    }),
  )
}
