import { FineTuneSnapshot, type Kind } from '@finetune-kit/model'
import { Csv, CsvTables, detect, type Format, Ndjson, type WriterOptions } from '@finetune-kit/serialization'
import {
  type Bad,
  Compression,
  type FileTrouble,
  type LineTooLong,
  type Policy,
  readRecords,
  readRows,
  readTables,
  type Tally,
  tally,
  underPolicy,
  type WorkerTrouble,
  writeFile,
  writeFiles,
  writeRecords,
  writeTables,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import { several } from '../commands/several.ts'
import { isUnread } from '../isUnread.ts'
import { nameOf, stdin } from '../place.ts'
import { type Trouble, trouble } from '../Trouble.ts'
import { apart } from './apart.ts'
import { type Choice, drawBad, maxShown, withChoice } from './bad.ts'
import { inJobs } from './inJobs.ts'
import { withProgress } from './progress.ts'
import { type Source, source } from './source.ts'
import { fileOf, firstItems, tablesOf, tablesTrouble } from './tables.ts'

export interface Plan {
  readonly input: string
  readonly output: string
  readonly said: { readonly format: Format | undefined; readonly kind: Kind.Kind | undefined }
  readonly to: Format
  readonly bad: Choice
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
export const conversion = (plan: Plan): Effect.Effect<Converted, Trouble> => {
  const count = tally()
  const { input, output, to } = plan
  const isPrinted = output === stdin || output === '/dev/stdout'
  const outName = isPrinted ? 'stdout' : nameOf(output)
  const name = (table?: string): string => fileOf(nameOf(input), table)
  return Effect.scoped(
    Effect.gen(function* () {
      const isSaid = (plan.said.format ?? detect(new Uint8Array(0), input).format) === Csv
      const lists = plan.tables && isSaid ? yield* firstItems(input) : {}
      const opened = yield* source(input, { ...plan.said, lists })
      const problem = plan.tables ? tablesTrouble(opened.format, to, plan) : undefined
      if (problem !== undefined) return yield* Effect.fail(trouble(problem))
      const codec = (opened.kind?.codec ?? FineTuneSnapshot) as t.Type<unknown>
      const tables = plan.tables ? CsvTables.of(codec) : undefined
      const from = opened.format === Csv ? tables : undefined
      const into = to === Csv ? tables : undefined
      const files = (path: string, of: typeof tables): ReadonlyArray<string> =>
        of === undefined ? [path] : of.tables.map(table => fileOf(path, table))
      yield* apart({ inputs: files(input, from), outputs: files(output, into), bad: plan.bad })
      const inputs = from && (yield* tablesOf(input, opened, from.tables))
      const compression = Compression.ofName(output)
      const packed = <E>(bytes: Stream.Stream<Uint8Array, E>) =>
        compression === undefined ? bytes : Compression.compress(compression, outName)(bytes)
      let hasBad = false
      yield* withChoice(plan.bad, name, choice => {
        const policy: Policy =
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
        `${several(count.read, 'record')} read from ${opened.name} (${described(opened.format, from)}): ` +
        `${count.written} written to ${outName} (${described(to, into)}), ${count.rejected} rejected`
      return { summary, hasBad }
    }),
  ).pipe(
    Effect.catch((error): Effect.Effect<Converted, Trouble> => {
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
          if (isPrinted && isUnread(error.code)) return Effect.succeed({ summary: undefined, hasBad: false })
          return Effect.fail(
            trouble(`${isPrinted && error.path === output ? outName : nameOf(error.path)}: ${error.reason}.`),
          )
        case 'WorkerTrouble':
          return Effect.fail(trouble(`A thread stopped: ${error.reason}`))
        default:
          return Effect.fail(
            trouble(`${nameOf(input)} has a line too long to be shared out: leave --jobs away.`),
          )
      }
    }),
  )
}

/** A format, and over how many tables. */
const described = (
  { name }: Format,
  tables: { readonly tables: ReadonlyArray<string> } | undefined,
): string => (tables === undefined ? name : `${name}, ${several(tables.tables.length, 'table')}`)

interface Way extends Plan {
  readonly codec: t.Type<unknown>
  readonly policy: Policy
  readonly count: Tally
  /** The records, when they come from several tables. */
  readonly read?: Records
}

type Records = Stream.Stream<unknown, FileTrouble | WorkerTrouble | LineTooLong | Bad>

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
  const { rows, ...records } = format.of(way.codec)
  return file !== undefined && rows !== undefined
    ? readRows({ rows }, options)(file)
    : readRecords(records, options)(bytes)
}

const isShared = ({ format, kind, file }: Source, { jobs }: Way): boolean =>
  jobs > 1 && format === Ndjson && kind !== undefined && file === undefined

const shared = ({ kind, bytes }: Source, { bad, jobs, policy, count }: Way, writing: boolean): Records =>
  bytes.pipe(
    inJobs(kind as Kind.Kind, {
      jobs,
      writing,
      isFirstLast: policy === 'fail',
      maxTold: bad._tag === 'Skip' ? maxShown + 1 : Number.POSITIVE_INFINITY,
      tally: count,
    }),
    underPolicy(policy),
  )
