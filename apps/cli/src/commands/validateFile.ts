import { escapeUnprintable } from '@finetune-kit/codec'
import { type Input, readBatches, type Reading, readWhole } from '@finetune-kit/archive'
import { redact } from '@finetune-kit/diff'
import type { RecordKind } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import { TrainingRow } from '@finetune-kit/model/training'
import type { LazyFormat, ReadResult } from '@finetune-kit/serialization'
import type { FileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import { boundYoungGeneration } from '../boundYoungGeneration.ts'
import { type CliError, cliError } from '../CliError.ts'
import { complain, print } from '../Io.ts'
import { pluralize } from '../pluralize.ts'
import type { KindCounts } from './kindCounts.ts'
import { openRecords, printNotes } from './readRecords.ts'
import { resultSummary, resultText } from './resultSummary.ts'
import type { ValidationFormat } from './validationFormat.ts'
import { warningsOf } from './warningsOf.ts'
import { errorResponseText } from './withoutErrors.ts'

interface Options {
  readonly kind: RecordKind.RecordKind | undefined
  readonly from: LazyFormat | undefined
  readonly reading: Reading
}

interface Report {
  readonly format: ValidationFormat
  readonly counts: KindCounts
  /** True if what is odd about valid runs is printed too. */
  readonly lints: boolean
  /** True if valid records go to standard output, and everything else to standard error. */
  readonly passes: boolean
  /** True if the valid records are written without API keys and organization ids. */
  readonly isRedacted: boolean
}

/** Checks a file and prints what is wrong with it. Fails where it cannot be checked. */
export const validateFile = (
  path: string,
  { kind, from, reading }: Options,
  report: Report,
): Effect.Effect<void, FileError | CliError> =>
  Effect.scoped(
    Effect.gen(function* () {
      yield* boundYoungGeneration
      const { input, batches } = yield* openRecords(path, { kind, reading, format: from, takesData: true })
      const { name, data } = input
      if (input.isEmpty) yield* Effect.fail(cliError(`${name}: empty. Pass a file with records.`))
      if (data !== undefined && report.passes)
        yield* Effect.fail(cliError(`${name}: --pass is for records, and the file has none. Leave it out.`))
      if (data?._tag === 'Results') yield* validateResults(input, report)
      else if (data?._tag === 'Training') yield* validateTraining(input, data.form, report)
      else
        yield* Stream.runForEach(batches, batch =>
          report.passes
            ? passRecords(batch, { name, kind }, report)
            : print(...recordIssues(batch, { name, kind }, report)),
        )
    }),
  )

/** Writes the valid records of a batch as lines of JSON, after the issues of the others. */
const passRecords = (
  batch: Iterable<ReadResult<unknown>>,
  input: Pick<Input, 'name' | 'kind'>,
  report: Report,
): Effect.Effect<void> => {
  const valid: Array<string> = []
  const pass = (value: unknown): void => {
    valid.push(JSON.stringify(report.isRedacted ? redact(value) : value))
  }
  const issues = [...recordIssues(batch, input, report, pass)]
  return Effect.andThen(complain(...issues), print(...valid))
}

function* recordIssues(
  batch: Iterable<ReadResult<unknown>>,
  { name: file, kind }: Pick<Input, 'name' | 'kind'>,
  { format, counts, lints }: Report,
  onValid: (value: unknown) => void = () => {},
): Generator<string> {
  for (const result of batch)
    if (result._tag === 'Reject') {
      counts.reject(result)
      if (!result.isRepeat) yield format.issues(result.error, file)
    } else {
      const isError = counts.add(result.value, kind)
      if (isError) yield format.problem({ file, at: result, message: errorResponseText(result.value) })
      else onValid(result.value)
      if (lints) yield* warningsOf(result.value, { file, at: result }).map(warning => format.problem(warning))
    }
}

/** Checks each line of a training file by the form of its first. */
const validateTraining = (input: Input, form: TrainingRow.TrainingForm, { format, counts }: Report) =>
  Effect.gen(function* () {
    const file = input.name
    let lines = 0
    const issuesOf = function* (batch: Iterable<ReadResult<unknown>>): Generator<string> {
      for (const result of batch) {
        lines += result._tag === 'Reject' ? (result.records ?? 1) : 1
        if (result._tag === 'Reject') {
          counts.reject(result)
          yield format.issues(result.error, file)
          continue
        }
        const other = TrainingRow.detect(result.value)
        if (other === form) {
          counts.add(result.value, { name: `${form.name}-example` })
          continue
        }
        counts.reject({ records: 1 })
        const message = `a line of another form: expected ${form.name}, found ${other?.name ?? 'none'}`
        yield format.problem({ file, at: result, message })
      }
    }
    const rows = readBatches(form.codec as t.Type<unknown>, printNotes(input))(input)
    yield* Stream.runForEach(rows, batch => print(...issuesOf(batch)))
    const text = `${file}: training file (${form.name}), ${pluralize(lines, 'line')}`
    yield* print(...format.fact(text, { file, is: 'training file', form: form.name, lines }))
  })

/** Prints the problems of a result file, and its metrics. */
const validateResults = (input: Input, { format, counts }: Report) =>
  Effect.gen(function* () {
    const file = input.name
    const metrics = ResultMetrics.parse(new TextDecoder().decode(yield* readWhole(input)))
    for (const { line, column, reason } of metrics.problems) {
      counts.reject({ records: 0 })
      const message = escapeUnprintable(column === null ? reason : `${column}: ${reason}`)
      yield* print(format.problem({ file, at: { line }, message }))
    }
    counts.add(metrics, { name: 'result-file' })
    const summary = resultSummary(metrics)
    yield* print(...format.fact(resultText(file, summary), { file, is: 'result file', ...summary }))
  })
