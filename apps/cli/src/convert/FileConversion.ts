import {
  codecForInput,
  type DataFile,
  describeDataFile,
  type Input,
  openInput,
  sortedBy,
} from '@finetune-kit/archive'
import { invalid } from '@finetune-kit/codec'
import type { RecordKind, RecordOrder } from '@finetune-kit/model'
import {
  type Format,
  type LazyFormat,
  Ndjson,
  type Reject,
  type Tables,
  type WriterOptions,
} from '@finetune-kit/serialization'
import {
  applyPolicy,
  type BadRecord,
  type BadRecordPolicy,
  type FileError,
  type LineTooLongError,
  noReader,
  readRecords,
  readRows,
  type Tally,
  type WorkerError,
  writeRecords,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import type { CliError } from '../CliError.ts'
import { withoutErrors } from '../commands/withoutErrors.ts'
import { type BadRecordOption, type InputNames, maxShown } from './badRecords.ts'
import type { FamilyConverter, FamilyName } from './convertFamily.ts'
import { readInWorkers } from './readInWorkers.ts'

/** A conversion as it was asked for. */
export interface ConversionPlan {
  /** A file, a folder of files or a pattern. */
  readonly input: string
  readonly output: string
  readonly known: {
    readonly format: LazyFormat | undefined
    readonly kind: RecordKind.RecordKind | undefined
  }
  readonly to: Format
  readonly bad: BadRecordOption
  readonly threads: number
  readonly look: WriterOptions
  /** True if CSV is several tables: one for each list of records, next to the main one. */
  readonly tables: boolean
  /** The order of the records in the output. Default: that of the input. */
  readonly order: RecordOrder.RecordOrder | undefined
  /** True if the output is a dataset: a folder with a file for each kind and month. */
  readonly partitions: boolean
  /** The records of observations are written, all or those of a kind. Undefined: observations. */
  readonly records: { readonly kind: RecordKind.RecordKind | undefined } | undefined
  /** The family that runs are converted to. Default: none. */
  readonly as: FamilyName | undefined
  /** True if each value is shown that a conversion to a family loses or changes. */
  readonly verbose: boolean
  /** True if API keys and organization ids are hidden in all that is written and printed. */
  readonly redact: boolean
}

/** A conversion that is ready to run. */
export interface FileConversion extends ConversionPlan {
  /** The files of the input after the first. */
  readonly more: ReadonlyArray<string>
  /** The name of the file that is read. */
  readonly reading: { name: string }
  readonly codec: t.Type<unknown>
  /** The codec of the output, where it is another. */
  readonly outputCodec: t.Type<unknown>
  readonly family: FamilyConverter | undefined
  /** The kind of all records; undefined where each has its own. */
  readonly kind: RecordKind.RecordKind | undefined
  readonly policy: BadRecordPolicy
  readonly count: Tally
  /** The tables that are read, and those that are written. */
  readonly from: Tables<unknown> | undefined
  readonly into: Tables<unknown> | undefined
  readonly streams: ReadonlyArray<Stream.Stream<Uint8Array, FileError>> | undefined
  readonly outputs: ReadonlyArray<string>
  readonly nameOf: InputNames
}

/** The counts of a conversion, as `--format json` prints them. */
export interface ConversionCounts {
  readonly input: string
  readonly from: string
  readonly outputs: ReadonlyArray<string>
  readonly to: string
  readonly read: number
  readonly written: number
  /** Records that a dataset had already. */
  readonly present?: number
  readonly rejected: number
}

/** The result of a conversion. */
export interface ConversionResult {
  /** For people. Undefined where nobody reads the output any more. */
  readonly summary: string | undefined
  /** For programs. Undefined if the conversion stopped. */
  readonly counts?: ConversionCounts
  /** True if anything of the input was bad: records, or bytes between them. */
  readonly hasBad: boolean
}

export type Records = Stream.Stream<
  unknown,
  FileError | WorkerError | LineTooLongError | BadRecord | CliError
>

/** The records of all files of the input. */
export const readConverted = (input: Input, conversion: FileConversion): Records =>
  Stream.concat(
    readInput(input, conversion),
    Stream.flatMap(Stream.fromIterable(conversion.more), path =>
      Stream.unwrap(
        Effect.map(openInput(path, conversion.known), next => {
          conversion.reading.name = next.name
          if (next.data !== undefined) return readNone(next.data, conversion)
          const codec = conversion.known.kind?.codec ?? withoutErrors(codecForInput(next))
          return next.isEmpty ? Stream.empty : readInput(next, { ...conversion, codec })
        }),
      ),
    ),
  )

/** A training file or a result file is one bad record, which may be skipped. */
const readNone = (data: DataFile, { policy, count }: FileConversion): Records => {
  const position = { offset: 0, line: 1, column: 1 }
  const issue = { path: [], expected: 'records', actual: data, message: describeDataFile(data), position }
  const reject: Reject = { ...position, _tag: 'Reject', error: invalid([issue]), raw: new Uint8Array() }
  const reader = () => ({ push: () => [], end: () => [reject] })
  return readRecords({ reader }, { bad: policy, tally: count })(Stream.empty)
}

/** The records of a file, by one thread or by several. */
const readInput = (input: Input, conversion: FileConversion): Records => {
  if (isShared(input, conversion)) return inThreads(input, conversion, false)
  const options = { bad: conversion.policy, tally: conversion.count }
  const { readFrom, ...records } = input.format.of(conversion.codec)
  return input.file !== undefined && readFrom !== undefined
    ? Stream.concat(
        readRows({ readFrom }, options)(input.file),
        readRecords({ reader: () => noReader }, options)(input.bytes),
      )
    : readRecords(records, options)(input.bytes)
}

/** The bytes of the output. NDJSON is written by the threads that read it. */
export const convertedBytes = (input: Input, records: Records, conversion: FileConversion) => {
  const {
    to,
    outputCodec,
    look,
    policy,
    count,
    from,
    family,
    more,
    order,
    records: taken,
    redact,
  } = conversion
  const isRead = from === undefined && more.length === 0 && !redact
  const isCopied = to === Ndjson && isRead && [family, order, taken].every(change => change === undefined)
  if (isCopied && isShared(input, conversion))
    return inThreads(input, conversion, true).pipe(
      Stream.map(part => part as Uint8Array),
      Stream.filter(part => part.length > 0),
    )
  return records.pipe(
    writeRecords(to.of(outputCodec), { ...look, ...sortedBy(order, outputCodec), bad: policy, tally: count }),
  )
}

const isShared = ({ format, isEmpty }: Input, { threads }: FileConversion): boolean =>
  threads > 1 && format === Ndjson && !isEmpty

const inThreads = (
  { bytes }: Input,
  { kind, bad, threads, policy, count }: FileConversion,
  writing: boolean,
): Records =>
  bytes.pipe(
    readInWorkers(kind, {
      threads,
      writing,
      isFirstLast: policy === 'fail',
      maxShown: bad._tag === 'Skip' ? maxShown + 1 : Number.POSITIVE_INFINITY,
      tally: count,
    }),
    applyPolicy(policy),
  )
