import { compareRuns, comparisonMarkdown, comparisonText } from '@finetune-kit/diff/story'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import { cliError } from '../CliError.ts'
import { look, print } from '../Io.ts'
import { pluralize } from '../pluralize.ts'
import { kind } from './kind.ts'
import { archive, readArchive, redact } from './readArchive.ts'

/** `finetune compare ARCHIVE [RUN…]` */
export const compare = Command.make(
  'compare',
  {
    path: archive,
    runs: Argument.String('run').pipe(
      Argument.withDescription('The ids of the runs to compare, in this order. Default: all'),
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
    kind,
  },
  Effect.fnUntraced(function* ({ format, all, ...wanted }) {
    const { runs } = yield* readArchive(wanted)
    const [first] = runs
    const other = runs.find(run => run.kind !== first?.kind)
    if (first !== undefined && other !== undefined)
      return yield* Effect.fail(
        cliError(
          `finetune compare: ${first.kind.name} and ${other.kind.name} runs have other fields. Pass the ids of runs of one kind.`,
        ),
      )
    const codec = first?.kind.codec as t.Type<unknown, unknown>
    const last = runs.map(({ snapshots }) => snapshots.at(-1))
    const comparison = compareRuns(codec)(last, { all })
    const options = { redacted: wanted.redact, ...(yield* look) }
    return yield* print(
      comparison.rows.length === 0
        ? `${pluralize(runs.length, 'run')}: nothing differs.`
        : format === 'markdown'
          ? comparisonMarkdown(comparison, options)
          : comparisonText(comparison, options),
    )
  }),
).pipe(
  Command.withDescription(
    'Compares the last records of several runs, what differs first. ' +
      'Exit code: 0, 1 if a record is not valid, 2 if no run can be compared.',
  ),
  Command.withExamples([
    { command: 'finetune compare jobs.ndjson' },
    { command: 'finetune compare jobs.ndjson ftjob-abc ftjob-def --all --format markdown' },
  ]),
)
