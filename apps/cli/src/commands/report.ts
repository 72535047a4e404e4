import { report } from '@finetune-kit/report'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { cliError } from '../CliError.ts'
import { Io, isStdout, writeOutput } from '../Io.ts'
import { baseline, requireBaseline } from './baseline.ts'
import { db } from './db.ts'
import { kind } from './kind.ts'
import { prices, readPrices } from './prices.ts'
import { bareRun, inputs, readArchive } from './readArchive.ts'
import { redact } from './redact.ts'
import { pathFlag } from './pathParam.ts'

/** A table of more columns is no report. */
const maxRuns = 100

/** `finetune report [FILE or RUN…]` */
export const reportCommand = Command.make(
  'report',
  {
    inputs,
    db,
    bareRun,
    prices,
    output: pathFlag('output').pipe(
      Flag.withAlias('o'),
      Flag.withMetavar('FILE'),
      Flag.withDefault('-'),
      Flag.withDescription('The HTML file to write. Default: standard output'),
    ),
    baseline,
    redact,
    kind,
  },
  Effect.fnUntraced(function* ({ output, baseline, prices: pricesFile, ...wanted }) {
    if (isStdout(output) && (yield* Io).stdout.isTTY === true)
      yield* Effect.fail(
        cliError(
          'report: standard output is a terminal, which shows no HTML. Pass -o FILE, or write to a pipe.',
        ),
      )
    const runs = yield* readArchive({ ...wanted, output })
    const priced = yield* readPrices(pricesFile)
    yield* requireBaseline(baseline, runs)
    if (runs.length > maxRuns)
      return yield* Effect.fail(
        cliError(
          `${runs.length} runs: a report has at most ${maxRuns}. Pass the ids of the runs to compare.`,
        ),
      )
    const html = report(
      runs.map(run => Object.assign({}, run, priced)),
      { redacted: wanted.redact, baseline },
    )
    return yield* writeOutput(output)(Stream.make(new TextEncoder().encode(html)))
  }),
).pipe(
  Command.withDescription(
    'Writes a report of a run, or a comparison of several, as one HTML file: curves, timeline, summary and story, readable offline. ' +
      'Exit code: 0, 1 if a record is invalid, 2 if there is no run to report or the file cannot be written.',
  ),
  Command.withShortDescription('Write a report as one HTML file'),
  Command.withExamples([
    { command: 'finetune report jobs.ndjson ftjob-abc step_metrics.csv -o report.html' },
    { command: 'finetune report --db runs.db ftjob-abc ftjob-def --baseline ftjob-abc -o comparison.html' },
  ]),
)
