import { escapeUnprintable, Finite } from '@finetune-kit/codec'
import { redact as redacted } from '@finetune-kit/diff'
import { story, storyText } from '@finetune-kit/diff/story'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Effect from 'effect/Effect'
import * as Flag from 'effect/cli/Flag'
import * as Option from 'effect/Option'
import * as t from 'io-ts'
import { complain, look, print } from '../Io.ts'
import { pluralize } from '../pluralize.ts'
import { kind } from './kind.ts'
import { archive, readArchive, redact } from './readArchive.ts'
import { readValue } from './readValue.ts'

const Prices = t.record(t.string, Finite)

/** `finetune log ARCHIVE [RUN]` */
export const log = Command.make(
  'log',
  {
    path: archive,
    runs: Argument.String('run').pipe(
      Argument.withDescription('The id of a run. Default: all runs'),
      Argument.variadic({ max: 1 }),
    ),
    bareRun: Flag.String('run').pipe(
      Flag.withMetavar('ID'),
      Flag.withDescription('The run of events that name none. Default: the only run of the file'),
      Flag.optional,
      Flag.map(Option.getOrUndefined),
    ),
    prices: Flag.String('prices').pipe(
      Flag.withMetavar('FILE'),
      Flag.withDescription('A JSON file of US dollars per million training tokens, by base model'),
      Flag.optional,
      Flag.map(Option.getOrUndefined),
    ),
    redact,
    kind,
  },
  Effect.fnUntraced(function* ({ bareRun, prices: pricesFile, ...wanted }) {
    const { runs, unjoined } = yield* readArchive({ ...wanted, bareRun })
    const prices = pricesFile === undefined ? {} : { prices: yield* readValue(pricesFile, Prices) }
    const options = { redacted: wanted.redact, ...(yield* look) }
    for (const { id, kind, snapshots, ...resources } of runs) {
      const entries = story(kind.codec as t.Type<unknown>)(snapshots, { ...resources, ...prices })
      const text = storyText(entries, options)
      const name = escapeUnprintable(JSON.stringify(wanted.redact ? redacted(id) : id))
      yield* print(`run ${name}`, text.replace(/^/gm, '  '))
    }
    for (const [name, count] of unjoined)
      yield* complain(`${pluralize(count, name)} joined to no run. Pass --run ID if they belong to one.`)
  }),
).pipe(
  Command.withDescription(
    'Tells what happened to each run, oldest first. ' +
      'Exit code: 0, 1 if a record is not valid, 2 if there is no run to tell about.',
  ),
  Command.withExamples([
    { command: 'finetune log jobs.ndjson' },
    { command: 'finetune log jobs.ndjson ftjob-abc' },
  ]),
)
