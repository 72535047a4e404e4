import {
  compareRuns,
  comparisonCsv,
  comparisonHtml,
  comparisonJson,
  comparisonMarkdown,
  comparisonText,
} from '@finetune-kit/diff/story'
import type { Run } from '@finetune-kit/model'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import { look, print } from '../Io.ts'
import { pluralize } from '../pluralize.ts'
import { baseline, requireBaseline } from './baseline.ts'
import { db } from './db.ts'
import { kind } from './kind.ts'
import { prices, readPrices } from './prices.ts'
import { bareRun, inputs, readArchive } from './readArchive.ts'
import { redact } from './redact.ts'

const renderers = {
  text: comparisonText,
  markdown: comparisonMarkdown,
  csv: comparisonCsv,
  json: comparisonJson,
  html: comparisonHtml,
} as const

/** `finetune compare [FILE or RUN…]` */
export const compare = Command.make(
  'compare',
  {
    inputs,
    db,
    bareRun,
    prices,
    format: Flag.Literals('format', ['text', 'markdown', 'csv', 'json', 'html']).pipe(
      Flag.withMetavar('FORMAT'),
      Flag.withDefault('text' as const),
      Flag.withDescription('The format of the table. Default: text'),
    ),
    baseline,
    all: Flag.Boolean('all').pipe(
      Flag.withDefault(false),
      Flag.withDescription('Also the fields in which the runs agree'),
    ),
    redact,
    kind,
  },
  Effect.fnUntraced(function* ({ format, all, baseline, prices: pricesFile, ...wanted }) {
    const runs = yield* readArchive(wanted)
    const priced = yield* readPrices(pricesFile)
    yield* requireBaseline(baseline, runs)
    const compared = runs.map(({ snapshots, events, checkpoints, results }) => {
      const run = snapshots.at(-1) as Run
      return { run, events, checkpoints, results, ...priced }
    })
    const comparison = compareRuns(compared, { all, baseline })
    const options = { redacted: wanted.redact, ...(yield* look) }
    const isForPeople = format === 'text' || format === 'markdown'
    return yield* print(
      isForPeople && comparison.rows.length === 0
        ? `${pluralize(runs.length, 'run')}: nothing differs.`
        : renderers[format](comparison, options),
    )
  }),
).pipe(
  Command.withDescription(
    'Compares the newest records of several runs, what differs first. ' +
      'Exit code: 0, 1 if a record is invalid, 2 if no run can be compared.',
  ),
  Command.withShortDescription('Compare runs side by side'),
  Command.withExamples([
    { command: 'finetune compare jobs.ndjson --baseline ftjob-abc' },
    { command: 'finetune compare jobs.ndjson ftjob-abc ftjob-def --all --format markdown' },
  ]),
)
