import { escapeUnprintable } from '@finetune-kit/codec'
import { observations, openInput } from '@finetune-kit/archive'
import { type ImportReport, rejectLines, type Store } from '@finetune-kit/store'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { complain, exitWith, print, sourceOf } from '../Io.ts'
import { pluralize } from '../pluralize.ts'
import { fromStore, openRuns } from './database.ts'
import { db } from './db.ts'
import { eachFile } from './eachFile.ts'
import { format, inputText } from './format.ts'
import { kind } from './kind.ts'
import { type OutputStyle, outputStyle } from './outputStyle.ts'
import { printNotes } from './readRecords.ts'
import { oneStdin } from './readValue.ts'
import { requireRecords } from './requireRecords.ts'
import { pathArgument } from './pathParam.ts'

/** `finetune import FILE…` */
export const importCommand = Command.make(
  'import',
  {
    files: pathArgument('file').pipe(Argument.withDescription(inputText), Argument.atLeast(1)),
    db,
    run: Flag.String('run').pipe(
      Flag.withMetavar('ID'),
      Flag.withDescription('The run of events and result files that name none'),
      Flag.withDefault(undefined),
    ),
    kind,
    from: format('from', 'The format of the input. Default: by its name and content'),
    format: outputStyle('How to print the counts of each file: as a sentence, or as a JSON object a line'),
  },
  Effect.fnUntraced(function* ({ files, db, run, kind, from, format: style }) {
    yield* oneStdin(...files)
    const store = yield* openRuns(db)
    const reports: Array<ImportReport> = []
    const { files: count, failed } = yield* eachFile(files, path =>
      Effect.map(
        importInto(store, path, { kind, format: from }, { run, style }),
        report => void reports.push(report),
      ),
    )
    if (style === 'text' && count > 1) yield* print(totalText(reports, count, failed))
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    'Imports runs, events, checkpoints and result files into a database. What is there already changes nothing. ' +
      'Exit code: 0, 1 if a record is rejected, 2 if a file or the database cannot be used.',
  ),
  Command.withShortDescription('Keep the runs of files in a database'),
  Command.withExamples([
    { command: 'finetune import jobs.ndjson events.ndjson.gz' },
    { command: 'finetune import --db runs.db --format json jobs.ndjson', description: 'For a script' },
    { command: 'finetune export --db a.db | finetune import --db b.db -' },
  ]),
)

const importInto = (
  store: Store,
  path: string,
  known: Parameters<typeof openInput>[1],
  { run, style }: { readonly run: string | undefined; readonly style: OutputStyle },
) =>
  Effect.scoped(
    Effect.gen(function* () {
      const input = yield* openInput(yield* sourceOf(path), known)
      // a result file is kept with its run
      if (input.data?._tag === 'Training') yield* requireRecords(input)
      const seenAt = Math.floor(Date.now() / 1000)
      const records = observations({
        seenAt,
        runId: run,
        takeNotes: printNotes(input),
      })(input)
      let read = 0
      const counted = Stream.tap(records, batch => Effect.sync(() => void (read += batch.length)))
      const report = yield* fromStore(
        store.importObservations(counted, { source: input.name, unseenAt: seenAt, takesWatches: true }),
      )
      yield* complain(...linesOf(input.name, report))
      if (report.rejects.length > 0) yield* exitWith(1)
      yield* print(
        style === 'json'
          ? JSON.stringify({ file: input.name, ...countsOf(report) })
          : `${escapeUnprintable(input.name)}: ${read === 0 ? 'no records' : reportText(report)}`,
      )
      return report
    }),
  )

/** A line for each issue of the rejected records, and the number of those that are not shown. */
const linesOf = (name: string, { rejects, rejected }: ImportReport): ReadonlyArray<string> => {
  const lines = rejects.flatMap(reject => rejectLines(name, reject))
  const hidden = rejects.reduce((left, { records = 1 }) => left - records, rejected)
  return hidden > 0 ? [...lines, `… and ${hidden} more`] : lines
}

const countsOf = ({ added, changed, unchanged, items, rejected }: ImportReport) => ({
  added,
  changed,
  unchanged,
  items,
  rejected,
})

const reportText = ({ added, changed, unchanged, items, rejected }: ImportReport): string =>
  [
    pluralize(added, 'new run'),
    `${changed} changed`,
    `${pluralize(unchanged, 'snapshot')} unchanged`,
    itemText(items),
    `${rejected} rejected`,
  ].join(', ')

/** Events and checkpoints, but also result files, watches and words of the user. */
const itemText = (items: number): string => pluralize(items, 'other new record')

/** The sums that several files have: a run may have changed by each of them. */
const totalText = (reports: ReadonlyArray<ImportReport>, files: number, failed: number): string => {
  const sum = (key: 'added' | 'items' | 'rejected') => reports.reduce((n, report) => n + report[key], 0)
  const counts = `${pluralize(sum('added'), 'new run')}, ${itemText(sum('items'))}, ${sum('rejected')} rejected`
  return `${files} files: ${counts}${failed === 0 ? '' : `; ${pluralize(failed, 'file')} could not be imported`}`
}
