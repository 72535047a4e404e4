import { escapeUnprintable } from '@finetune-kit/codec'
import { redact as redacted } from '@finetune-kit/diff'
import { story, storyText } from '@finetune-kit/diff/story'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import { complain, look, print } from '../Io.ts'
import { pluralize } from '../pluralize.ts'
import { kind } from './kind.ts'
import { archive, readArchive, redact } from './readArchive.ts'

/** `finetune log ARCHIVE [RUN]` */
export const log = Command.make(
  'log',
  {
    path: archive,
    runs: Argument.String('run').pipe(
      Argument.withDescription('The id of a run. Default: all runs'),
      Argument.variadic({ max: 1 }),
    ),
    redact,
    kind,
  },
  Effect.fnUntraced(function* (wanted) {
    const { runs, others } = yield* readArchive(wanted)
    const options = { redacted: wanted.redact, ...(yield* look) }
    for (const { id, kind, snapshots } of runs) {
      const text = storyText(story(kind.codec as t.Type<unknown>)(snapshots), options)
      const name = escapeUnprintable(JSON.stringify(wanted.redact ? redacted(id) : id))
      yield* print(`run ${name}`, text.replace(/^/gm, '  '))
    }
    for (const [kind, records] of others)
      yield* complain(`not joined to a run: ${pluralize(records.length, kind.name)}.`)
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
