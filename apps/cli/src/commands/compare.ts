import { compareRuns, comparisonMarkdown, comparisonText } from '@finetune-kit/diff/story'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import { archive, readArchive, redact } from './readArchive.ts'
import { recordType, job } from './recordType.ts'
import { pluralize } from '../pluralize.ts'

/**
 * `finetune compare ARCHIVE [RUN…]`: a table of runs, a column each: what differs between them first. Of each run its last
 * record counts. 0; 1 when some records could not be read; 2 when none could, or there is no such run.
 */
export const compare = Command.make(
  'compare',
  {
    path: archive,
    runs: Argument.String('run').pipe(
      Argument.withDescription('The ids of the runs to compare, in this order; all of them, otherwise'),
      Argument.variadic(),
    ),
    format: Flag.Literals('format', ['text', 'markdown']).pipe(
      Flag.withDefault('text' as const),
      Flag.withDescription('How to draw the table'),
    ),
    all: Flag.Boolean('all').pipe(
      Flag.withDefault(false),
      Flag.withDescription('Also the fields in which the runs agree'),
    ),
    redact,
    job,
  },
  Effect.fnUntraced(function* ({ format, all, job, ...wanted }) {
    const codec = recordType(job)
    const runs = yield* readArchive(codec, wanted)
    const last = [...runs.values()].map(snapshots => snapshots.at(-1))
    const comparison = compareRuns(codec)(last, { all })
    const look = { redacted: wanted.redact, colours: process.stdout.hasColors?.() ?? false }
    yield* Console.log(
      comparison.rows.length === 0
        ? `${pluralize(runs.size, 'run')}: nothing differs.`
        : format === 'markdown'
          ? comparisonMarkdown(comparison, look)
          : comparisonText(comparison, look),
    )
  }),
).pipe(Command.withDescription('Puts the last records of several runs side by side, what differs first.'))
