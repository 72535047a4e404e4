import { stat } from 'node:fs/promises'
import { escapeUnprintable } from '@finetune-kit/codec'
import {
  inputName,
  listFiles,
  readWhole,
  rejectReport,
  type RunRecords,
  runRecords,
  stdin,
} from '@finetune-kit/archive'
import { redact as redacted } from '@finetune-kit/diff'
import { RecordKind } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import * as Argument from 'effect/cli/Argument'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { type CliError, cliError } from '../CliError.ts'
import { assertNoInput } from '../convert/assertDistinctFiles.ts'
import { complain, exitWith } from '../Io.ts'
import { pluralize } from '../pluralize.ts'
import { noInput } from './db.ts'
import { kindOfDatabase } from './kind.ts'
import { nounOf } from './kindCounts.ts'
import { openRecords } from './readRecords.ts'
import { oneStdin } from './readValue.ts'
import { requireRecords } from './requireRecords.ts'
import { pathArgument } from './pathParam.ts'

/** The files and the runs that a command is about. */
export const inputs = pathArgument('file or run').pipe(
  Argument.withDescription(
    'A file of records in any format, a folder or a pattern, a result file (step_metrics.csv), or the id of a run. - is standard input. Default: all runs',
  ),
  Argument.variadic(),
)

/** `--run` */
export const bareRun = Flag.String('run').pipe(
  Flag.withMetavar('ID'),
  Flag.withDescription('The run of events and result files that name none. Default: the only run'),
  Flag.withDefault(undefined),
)

interface Wanted {
  /** Files, and the ids of the runs to show, in their order. Default: all runs. */
  readonly inputs: ReadonlyArray<string>
  readonly kind: RecordKind.RecordKind | undefined
  /** The file of the database to read. Default: that of this user, if no file is passed. */
  readonly db: string | undefined
  readonly redact: boolean
  /** The run of records that name none. Default: the only run of the files. */
  readonly bareRun: string | undefined
  /** The file to write, which may not be one of those that are read. Default: standard output. */
  readonly output?: string
}

/**
 * Reads runs from files of any kinds of records, from a database, or from both. Prints what is
 * rejected; the command then ends with 1.
 */
export const readArchive = Effect.fnUntraced(function* (options: Wanted) {
  const { inputs, kind, redact, bareRun, db, output = stdin } = options
  const records = runRecords(kind)
  const files: Array<string> = []
  const wanted: Array<string> = []
  for (const word of inputs) ((yield* isFile(word)) ? files : wanted).push(word)
  yield* oneStdin(...files)
  const usesDatabase =
    db !== undefined || (files.length === 0 && !wanted.some(isPath) && (yield* hasDefaultDatabase))
  if (files.length === 0 && !usesDatabase) yield* Effect.fail(nothingToRead(wanted))
  if (usesDatabase && kind !== undefined) yield* Effect.fail(kindOfDatabase)
  const listed = (yield* Effect.forEach(files, listFiles)).flat()
  yield* assertNoInput(output, [...listed, usesDatabase ? (yield* database).databaseFile(db) : undefined])
  const problems: Array<string> = []
  const stored = usesDatabase ? yield* Effect.scoped((yield* database).readStored(records, db, wanted)) : []
  for (const file of listed)
    for (const problem of yield* Effect.scoped(readInto(records, file, kind))) problems.push(problem)
  if (problems.length > 0) yield* complain(problems.map(line => (redact ? redacted(line) : line)).join('\n'))
  const { runs, unjoined } = records.join(bareRun)
  const names = [...stored, ...files.map(inputName)].join(', ')
  const missing = wanted.find(id => !runs.some(run => run.id === id))
  if (missing !== undefined && (runs.length > 0 || usesDatabase))
    yield* Effect.fail(cliError(missingText(missing, names)))
  if (bareRun !== undefined && runs.length > 0 && !runs.some(run => run.id === bareRun))
    yield* Effect.fail(
      cliError(`--run: ${names}: no run ${escapeUnprintable(JSON.stringify(bareRun))}. Pass the id of one.`),
    )
  if (runs.length === 0) yield* Effect.fail(cliError(`${names}: ${emptiness(problems.length > 0, unjoined)}`))
  if (problems.length > 0) yield* exitWith(1)
  yield* complain(...[...unjoined].map(([name, count]) => unjoinedText(name, count)))
  return wanted.length === 0 ? runs : wanted.flatMap(id => runs.find(run => run.id === id) ?? [])
})

/** The module that reads a database, loaded when one is read. */
const database = Effect.promise(() => import('./readStored.ts'))

const hasDefaultDatabase = Effect.map(database, module => module.hasDefaultDatabase())

/** Reads the records of a file, or a result file. Returns a line for each problem. */
const readInto = (records: RunRecords, path: string, kind: RecordKind.RecordKind | undefined) =>
  Effect.gen(function* () {
    const { input, batches } = yield* openRecords(path, { kind, takesData: true })
    if (input.data?._tag === 'Results') {
      const file = ResultMetrics.parse(new TextDecoder().decode(yield* readWhole(input)))
      records.addResults(input.name, file)
      return file.problems.map(({ line, column, reason }) =>
        escapeUnprintable(`${input.name}:${line}: ${column === null ? '' : `${column}: `}${reason}`),
      )
    }
    yield* requireRecords(input)
    const rejects = rejectReport(input.name)
    yield* Stream.runForEach(batches, batch =>
      Effect.sync(() => {
        for (const result of batch)
          if (result._tag === 'Reject') rejects.add(result)
          else records.add(result.value, input.kind)
      }),
    )
    return rejects.lines()
  })

const isFile = (word: string): Effect.Effect<boolean> =>
  word === stdin || isPattern(word)
    ? Effect.succeed(true)
    : Effect.promise(() =>
        stat(word).then(
          () => true,
          () => false,
        ),
      )

/** True for a pattern of file names: ids of services have no such characters. */
const isPattern = (word: string): boolean => /[*?[]/.test(word)

const nothingToRead = (words: ReadonlyArray<string>): CliError => {
  const word = words.find(isPath) ?? words[0]
  if (word === undefined) return noInput
  return cliError(
    isPath(word)
      ? `${inputName(word)}: no such file. Check the path.`
      : `${inputName(word)}: no such file, and no database of runs. Pass a file of records, or --db FILE.`,
  )
}

/** True if a word is meant as a file: ids of services have no such characters. */
const isPath = (word: string): boolean => /[./\\]/.test(word)

const missingText = (word: string, names: string): string =>
  isPath(word)
    ? `${inputName(word)}: no such file, and no run of this id. Check the path.`
    : `${names}: no run ${escapeUnprintable(JSON.stringify(word))}. Pass the id of one, or a file.`

const unjoinedText = (name: string, count: number): string => {
  const text = `${pluralize(count, nounOf(name))} joined to no run.`
  const subject = count === 1 ? 'it belongs' : 'they belong'
  const isPart = RecordKind.byName(name)?.isPartOfRun === true
  return isPart ? `${text} Pass --run ID if ${subject} to one.` : text
}

const emptiness = (hasRejects: boolean, unjoined: ReadonlyMap<string, number>): string => {
  if (hasRejects) return 'no valid run.'
  const [first] = unjoined
  if (first === undefined) return 'empty. Pass a file with records.'
  const [name, count] = first
  return name === 'error'
    ? 'an error response of the API, no run. Repeat the request.'
    : `no run, only ${pluralize(count, nounOf(name))}. Pass a file that holds the run too.`
}
