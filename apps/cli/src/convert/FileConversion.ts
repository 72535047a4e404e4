import type { Input } from '@finetune-kit/archive'
import type { RecordKind } from '@finetune-kit/model'
import {
  type Format,
  type LazyFormat,
  Ndjson,
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
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import type { CliError } from '../CliError.ts'
import { type BadRecordOption, type InputNames, maxShown } from './badRecords.ts'
import type { FamilyConverter, FamilyName } from './convertFamily.ts'
import { readInWorkers } from './readInWorkers.ts'

/** A conversion as it was asked for. */
export interface ConversionPlan {
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
  /** The family that runs are converted to. Default: none. */
  readonly as: FamilyName | undefined
  /** True if each value is shown that a conversion to a family loses or changes. */
  readonly verbose: boolean
}

/** A conversion that is ready to run. */
export interface FileConversion extends ConversionPlan {
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

/** The result of a conversion. */
export interface ConversionResult {
  /** For people. Undefined where nobody reads the output any more. */
  readonly summary: string | undefined
  /** True if anything of the input was bad: records, or bytes between them. */
  readonly hasBad: boolean
}

export type Records = Stream.Stream<
  unknown,
  FileError | WorkerError | LineTooLongError | BadRecord | CliError
>

/** The records of the input, by one thread or by several. */
export const readConverted = (input: Input, conversion: FileConversion): Records => {
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
  const { to, outputCodec, look, policy, count, from, family } = conversion
  if (to === Ndjson && from === undefined && family === undefined && isShared(input, conversion))
    return inThreads(input, conversion, true).pipe(
      Stream.map(part => part as Uint8Array),
      Stream.filter(part => part.length > 0),
    )
  return records.pipe(writeRecords(to.of(outputCodec), { ...look, bad: policy, tally: count }))
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
