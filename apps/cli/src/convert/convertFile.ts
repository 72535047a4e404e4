import { FineTuneSnapshot, type RecordKind } from '@finetune-kit/model'
import { Csv, CsvTables, detect, type Format, Ndjson, type WriterOptions } from '@finetune-kit/serialization'
import {
  type BadRecord,
  Compression,
  type FileError,
  type LineTooLongError,
  type BadRecordPolicy,
  readRecords,
  readRows,
  readTables,
  type Tally,
  tally,
  applyPolicy,
  type WorkerError,
  writeFile,
  writeFiles,
  writeRecords,
  writeTables,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import { pluralize } from '../pluralize.ts'
import { isBrokenPipe } from '../isBrokenPipe.ts'
import { type InputError, inputError, inputName, openSource, type Source, stdin } from '@finetune-kit/archive'
import { assertDistinctFiles } from './assertDistinctFiles.ts'
import { type BadRecordOption, drawBad, maxShown, withChoice } from './badRecords.ts'
import { readInWorkers } from './readInWorkers.ts'
import { withProgress } from './progress.ts'
import { fileOf, firstItems, tablesOf, tablesTrouble } from './tables.ts'

export interface Plan {
  readonly input: string
  readonly output: string
  readonly said: { readonly format: Format | undefined; readonly kind: RecordKind.RecordKind | undefined }
  readonly to: Format
  readonly bad: BadRecordOption
  readonly jobs: number
  readonly look: WriterOptions
  /** CSV is several tables: one for each list of records, beside the main one. */
  readonly tables: boolean
}

export interface Converted {
  /** For people; none when nobody is left to read it. */
  readonly summary: string | undefined
  /** Whether anything of the input was bad: records, or what stands between them. */
  readonly hasBad: boolean
}

/** Reads a file and writes it in another format, by the plan. */
export const convertFile = (plan: Plan): Effect.Effect<Converted, InputError> => {
  const count = tally()
  const { input, output, to } = plan
  const isPrinted = output === stdin || output === '/dev/stdout'
  const outName = isPrinted ? 'stdout' : inputName(output)
  const name = (table?: string): string => fileOf(inputName(input), table)
  return Effect.scoped(
    Effect.gen(function* () {
      const isSaid = (plan.said.format ?? detect(new Uint8Array(0), input).format) === Csv
      const lists = plan.tables && isSaid ? yield* firstItems(input) : {}
      const opened = yield* openSource(input, { ...plan.said, lists })
      const problem = plan.tables ? tablesTrouble(opened.format, to, plan) : undefined
      if (problem !== undefined) return yield* Effect.fail(inputError(problem))
      const codec = (opened.kind?.codec ?? FineTuneSnapshot) as t.Type<unknown>
      const tables = plan.tables ? CsvTables.of(codec) : undefined
      const from = opened.format === Csv ? tables : undefined
      const into = to === Csv ? tables : undefined
      const files = (path: string, of: typeof tables): ReadonlyArray<string> =>
        of === undefined ? [path] : of.tables.map(table => fileOf(path, table))
      yield* assertDistinctFiles({ inputs: files(input, from), outputs: files(output, into), bad: plan.bad })
      const inputs = from && (yield* tablesOf(input, opened, from.tables))
      const compression = Compression.ofName(output)
      const packed = <E>(bytes: Stream.Stream<Uint8Array, E>) =>
        compression === undefined ? bytes : Compression.compress(compression, outName)(bytes)
      let hasBad = false
      yield* withChoice(plan.bad, name, choice => {
        const policy: BadRecordPolicy =
          choice === 'fail'
            ? choice
            : bad =>
                Effect.andThen(
                  Effect.sync(() => void (hasBad = true)),
                  choice(bad),
                )
        const way: Way = {
          ...plan,
          codec,
          policy,
          count,
          ...(from && inputs && { read: readTables(from, { bad: policy, tally: count })(inputs) }),
        }
        return into === undefined
          ? writeFile(output)(packed(bytesOf(opened, way)))
          : recordsOf(opened, way).pipe(
              writeTables(into, {
                bad: policy,
                tally: count,
                write: streams => writeFiles(files(output, into))(streams.map(packed)),
              }),
            )
      }).pipe(withProgress(opened, count, process.stderr))
      const summary =
        `${pluralize(count.read, 'record')} read from ${opened.name} (${described(opened.format, from)}): ` +
        `${count.written} written to ${outName} (${described(to, into)}), ${count.rejected} rejected`
      return { summary, hasBad }
    }),
  ).pipe(
    Effect.catch((error): Effect.Effect<Converted, InputError> => {
      switch (error._tag) {
        case 'Reject':
        case 'Unwritable': {
          const isMany = plan.tables && to === Csv
          const kept = isPrinted
            ? 'stdout ends there'
            : isMany
              ? `${outName} and its other tables were not written`
              : `${outName} was not written`
          const hint = `Stopped at a bad record: ${kept}. --bad skip goes on without such records.`
          return Effect.succeed({ summary: `${drawBad(error, name)}\n${hint}`, hasBad: true })
        }
        case 'Trouble':
          return Effect.fail(error)
        case 'FileTrouble':
          // whoever reads the output may stop reading: that is no mistake
          if (isPrinted && isBrokenPipe(error.code))
            return Effect.succeed({ summary: undefined, hasBad: false })
          return Effect.fail(
            inputError(
              `${isPrinted && error.path === output ? outName : inputName(error.path)}: ${error.reason}.`,
            ),
          )
        case 'WorkerTrouble':
          return Effect.fail(inputError(`A thread stopped: ${error.reason}`))
        default:
          return Effect.fail(
            inputError(`${inputName(input)} has a line too long to be shared out: leave --jobs away.`),
          )
      }
    }),
  )
}

/** A format, and over how many tables. */
const described = (
  { name }: Format,
  tables: { readonly tables: ReadonlyArray<string> } | undefined,
): string => (tables === undefined ? name : `${name}, ${pluralize(tables.tables.length, 'table')}`)

interface Way extends Plan {
  readonly codec: t.Type<unknown>
  readonly policy: BadRecordPolicy
  readonly count: Tally
  /** The records, when they come from several tables. */
  readonly read?: Records
}

type Records = Stream.Stream<unknown, FileError | WorkerError | LineTooLongError | BadRecord>

/** The bytes of the output. */
const bytesOf = (source: Source, way: Way) => {
  const { to, codec, look, policy, count } = way
  if (to !== Ndjson || !isShared(source, way))
    return recordsOf(source, way).pipe(writeRecords(to.of(codec), { ...look, bad: policy, tally: count }))
  // the workers write, too
  return shared(source, way, true).pipe(
    Stream.map(part => part as Uint8Array),
    Stream.filter(part => part.length > 0),
  )
}

const recordsOf = (source: Source, way: Way): Records => {
  if (way.read !== undefined) return way.read
  if (isShared(source, way)) return shared(source, way, false)
  const { format, file, bytes } = source
  const options = { bad: way.policy, tally: way.count }
  const { readFrom, ...records } = format.of(way.codec)
  return file !== undefined && readFrom !== undefined
    ? readRows({ readFrom }, options)(file)
    : readRecords(records, options)(bytes)
}

const isShared = ({ format, kind, file }: Source, { jobs }: Way): boolean =>
  jobs > 1 && format === Ndjson && kind !== undefined && file === undefined

const shared = ({ kind, bytes }: Source, { bad, jobs, policy, count }: Way, writing: boolean): Records =>
  bytes.pipe(
    readInWorkers(kind as RecordKind.RecordKind, {
      jobs,
      writing,
      isFirstLast: policy === 'fail',
      maxTold: bad._tag === 'Skip' ? maxShown + 1 : Number.POSITIVE_INFINITY,
      tally: count,
    }),
    applyPolicy(policy),
  )
