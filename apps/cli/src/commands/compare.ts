import { escapeUnprintable } from '@finetune-kit/codec'
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
import * as Option from 'effect/Option'
import { cliError } from '../CliError.ts'
import { look, print } from '../Io.ts'
import { pluralize } from '../pluralize.ts'
import { kind } from './kind.ts'
import { prices, readPrices } from './prices.ts'
import { archive, bareRun, readArchive, redact, runsOrFiles } from './readArchive.ts'

const renderers = {
  text: comparisonText,
  markdown: comparisonMarkdown,
  csv: comparisonCsv,
  json: comparisonJson,
  html: comparisonHtml,
} as const

/** `finetune compare FILE [RUN or FILE…]` */
export const compare = Command.make(
  'compare',
  {
    path: archive,
    more: runsOrFiles,
    bareRun,
    prices,
    format: Flag.Literals('format', ['text', 'markdown', 'csv', 'json', 'html']).pipe(
      Flag.withDefault('text' as const),
      Flag.withDescription('The format of the table'),
    ),
    baseline: Flag.String('baseline').pipe(
      Flag.withDescription('The id of the run that the others are measured against. Default: none'),
      Flag.optional,
      Flag.map(Option.getOrUndefined),
    ),
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
    if (baseline !== undefined && runs.every(({ id }) => id !== baseline))
      return yield* Effect.fail(
        cliError(`--baseline: no run ${escapeUnprintable(JSON.stringify(baseline))} is compared.`),
      )
    const compared = runs.map(({ snapshots, events, checkpoints, results }) => {
      const run = snapshots.at(-1) as Run
      return { run, events, checkpoints, results, ...priced }
    })
    const comparison = compareRuns(compared, { all, ...(baseline === undefined ? {} : { baseline }) })
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
    'Compares the last records of several runs, what differs first. ' +
      'Exit code: 0, 1 if a record is not valid, 2 if no run can be compared.',
  ),
  Command.withShortDescription('Compare runs side by side'),
  Command.withExamples([
    { command: 'finetune compare jobs.ndjson --baseline ftjob-abc' },
    { command: 'finetune compare jobs.ndjson ftjob-abc ftjob-def --all --format markdown' },
  ]),
)
