import {
  codecForInput,
  type Input,
  inputName,
  openInput,
  readBatches,
  recordIn,
  sizeOf,
} from '@finetune-kit/archive'
import { kindDetector } from '@finetune-kit/archive/detect'
import { RecordKind } from '@finetune-kit/model'
import type { BadRecord, FileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as t from 'io-ts'
import { type CliError, cliError } from '../CliError.ts'
import { isStdout } from '../Io.ts'
import type { ConversionPlan } from './FileConversion.ts'

/** An input of several kinds of records, for an output whose files hold one kind each. */
export interface MixedKindsError {
  readonly _tag: 'MixedKindsError'
}

/** Tells records apart that are bad only because they are of another kind than the first. */
export interface KindGuard {
  readonly isOther: (bad: BadRecord) => boolean
  /** True if the conversion can start again with a file for each kind. */
  readonly canSplit: boolean
}

export const otherKind = (
  { format, kind }: Input,
  { input, output, to, known, tables, as }: ConversionPlan,
): Effect.Effect<KindGuard> =>
  Effect.map(sizeOf(input), size => {
    const isReadAgain = size !== undefined
    const mayMix = as === undefined && known.kind === undefined && !format.needsSchema && to.needsSchema
    if (!mayMix) return noGuard
    const isOther = (bad: BadRecord): boolean => {
      if (bad._tag !== 'Reject' || bad.error._tag !== 'Invalid') return false
      const detector = kindDetector(format.of(t.unknown))
      detector.push(bad.raw)
      detector.end()
      const found = detector.kind()
      return found !== undefined && found !== kind && found.name !== 'error'
    }
    return { isOther, canSplit: isReadAgain && !isStdout(output) && !tables }
  })

/** The guard where records of other kinds are as bad as any. */
export const noGuard: KindGuard = { isOther: () => false, canSplit: false }

/** The error of a conversion of several kinds to one file, with its remedy. */
export const mixedKindsText = ({ input, output, to, tables }: ConversionPlan): string => {
  const problem = `${inputName(input)}: holds several kinds of records, and ${to.name} holds one`
  const remedy = tables
    ? 'Leave out --tables to get a file for each kind'
    : isStdout(output)
      ? 'Pass the name of an output file to get a file for each kind, or --to ndjson'
      : 'Save the input as a file to get a file for each kind, or pass --to ndjson'
  return `${problem}. ${remedy}. Or pass --kind KIND --bad skip to get one kind.`
}

/** The kinds of the records of files, first seen first: an error response of the API is no record. */
export const kindsOf = (
  files: ReadonlyArray<string>,
  { input, known, records, to }: ConversionPlan,
): Effect.Effect<ReadonlyArray<RecordKind.RecordKind>, FileError | CliError> =>
  Effect.gen(function* () {
    if (records?.kind !== undefined) return [records.kind]
    if (records !== undefined && (yield* sizeOf(input)) === undefined && files.length === 1)
      yield* Effect.fail(
        cliError(
          `${inputName(input)}: it is read once, and --records looks first which kinds ${to.name} gets a file for. Pass --kind KIND, or save the input as a file.`,
        ),
      )
    const kinds = new Set<RecordKind.RecordKind>()
    const written = records === undefined ? (value: unknown) => value : recordIn
    const look = (opened: Input) =>
      Stream.runForEach(
        readBatches(opened.format.needsSchema ? codecForInput(opened) : t.unknown)(opened),
        batch =>
          Effect.sync(() => {
            for (const result of batch) {
              const detected = result._tag === 'Record' ? RecordKind.detect(written(result.value)) : undefined
              if (detected?._tag === 'Right' && detected.right.name !== 'error') kinds.add(detected.right)
            }
          }),
      )
    for (const file of files)
      yield* Effect.scoped(
        Effect.flatMap(openInput(file, known), opened => {
          // the records of such a file are of one kind
          const isObserved = records !== undefined && opened.kind?.name === 'observation'
          if (!opened.format.needsSchema || opened.kind === undefined || isObserved) return look(opened)
          kinds.add(opened.kind)
          return Effect.void
        }),
      )
    return [...kinds]
  })
