import { escapeUnprintable, record } from '@finetune-kit/codec'
import { RunSummary } from '@finetune-kit/model'
import { Csv, encodeAll } from '@finetune-kit/serialization'
import {
  type RunFilter,
  type RunQuery,
  type RunRow,
  type Store,
  type StoreError,
  summaryColumns,
} from '@finetune-kit/store'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import { cliError } from '../CliError.ts'
import { look, print } from '../Io.ts'
import { fromStore, openExistingRuns } from './database.ts'
import { db } from './db.ts'
import { runTable } from './runTable.ts'

const values = (name: string, description: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar(name.toUpperCase()),
    Flag.withDescription(`${description}. May be repeated`),
    Flag.atLeast(0),
  )

const sortable = summaryColumns.map(({ key }) => key as keyof RunSummary)

/** `finetune runs` */
export const runs = Command.make(
  'runs',
  {
    db,
    status: values('status', 'Only runs with this status'),
    model: values('model', 'Only runs of this base model'),
    text: Flag.String('text').pipe(
      Flag.withMetavar('TEXT'),
      Flag.withDescription('Only runs with this text in an id, a name, a tag or the note'),
      Flag.withDefault(undefined),
    ),
    sort: Flag.Literals('sort', sortable).pipe(
      Flag.withMetavar('COLUMN'),
      Flag.withDescription('The column to sort by. Default: created_at'),
      Flag.withDefault('created_at' as const),
    ),
    ascending: Flag.Boolean('ascending').pipe(
      Flag.withDefault(false),
      Flag.withDescription('The smallest or oldest first'),
    ),
    limit: Flag.Int('limit').pipe(
      Flag.withMetavar('N'),
      Flag.withDescription('The most runs to show. Default: 100 in a text, all for --format json and csv'),
      Flag.withDefault(undefined),
    ),
    format: Flag.Literals('format', ['text', 'json', 'csv']).pipe(
      Flag.withMetavar('FORMAT'),
      Flag.withDefault('text' as const),
      Flag.withDescription('The format of the list. Default: text, with the columns that fit'),
    ),
  },
  Effect.fnUntraced(function* ({ db, status, model, text, sort, ascending, limit, format }) {
    if (limit !== undefined && limit < 1)
      return yield* Effect.fail(cliError('--limit: not a positive number. Pass one, such as 100.'))
    const store = yield* openExistingRuns(db)
    const filter: RunFilter = {
      in: {
        ...(status.length === 0 ? {} : { status }),
        ...(model.length === 0 ? {} : { base_model: model }),
      },
      text,
    }
    const order = ascending ? 'ascending' : 'descending'
    const most = limit ?? (format === 'text' ? 100 : Number.POSITIVE_INFINITY)
    const rows = yield* fromStore(readRuns(store, { filter, sort, order }, most))
    if (format === 'json') return yield* print(JSON.stringify(rows.map(flat), null, 2))
    if (format === 'csv') return yield* printCsv(rows)
    const { width } = yield* look
    if (rows.length === 0) {
      const isEmpty = status.length === 0 && model.length === 0 && text === undefined
      if (isEmpty) return yield* print('No run. Pass files to finetune import.')
      const { columns } = yield* fromStore(store.facets())
      return yield* print(
        [
          'No run.',
          ...knownValues('status', status, columns.status),
          ...knownValues('model', model, columns.base_model),
        ].join(' '),
      )
    }
    const { total } = yield* fromStore(store.facets(filter))
    const more = total > rows.length ? [`${rows.length} of ${total} runs. Pass --limit N for more.`] : []
    return yield* print(
      ...runTable(
        rows.map(({ summary }) => summary),
        sort,
        width,
      ),
      ...more,
    )
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    'Lists the runs of a database, the newest first. Exit code: 0, 2 if the database cannot be used.',
  ),
  Command.withShortDescription('List the runs of a database'),
  Command.withExamples([
    { command: 'finetune runs --status failed --status cancelled' },
    { command: 'finetune runs --sort valid_loss --ascending --format csv' },
  ]),
)

/** The most frequent values of a filter, if one was passed that no run has, such as a misspelt one. */
const knownValues = (
  flag: string,
  passed: ReadonlyArray<string>,
  found: ReadonlyArray<{ readonly value: string | null }>,
): ReadonlyArray<string> => {
  const known = found.flatMap(({ value }) => value ?? [])
  if (known.length === 0 || passed.every(value => known.includes(value))) return []
  const more = known.length > maxShown ? ', …' : ''
  return [`Values of --${flag} here: ${escapeUnprintable(known.slice(0, maxShown).join(', '))}${more}.`]
}

const maxShown = 8

/** The most runs that are asked for at once. */
const pageSize = 1000

/** The first runs of a list, a page after the other. */
const readRuns = (
  store: Store,
  query: RunQuery,
  most: number,
): Effect.Effect<ReadonlyArray<RunRow>, StoreError> =>
  Effect.flatMap(store.runs({ ...query, limit: Math.min(pageSize, most) }), ({ runs, next }) =>
    next === undefined || runs.length >= most
      ? Effect.succeed(runs)
      : Effect.map(readRuns(store, { ...query, after: next }, most - runs.length), rest => [
          ...runs,
          ...rest,
        ]),
  )

/** A run as one flat object: its summary and the words of the user. */
const flat = ({ summary, tags, note }: RunRow) => ({ ...summary, tags, note })

/** A summary with an empty cell for what the records do not tell: a spreadsheet reads no null. */
const CsvRow = record('RunSummary', {}, RunSummary.types[0].props)

const printCsv = (rows: ReadonlyArray<RunRow>) => {
  const known = rows.map(({ summary }) =>
    Object.fromEntries(Object.entries(summary).filter(([, value]) => value !== null)),
  )
  const bytes = encodeAll(Csv.of(CsvRow))(known)
  return bytes._tag === 'Right'
    ? print(new TextDecoder().decode(bytes.right).trimEnd())
    : Effect.fail(cliError('--format csv: a run cannot be written. Pass --format json.'))
}
