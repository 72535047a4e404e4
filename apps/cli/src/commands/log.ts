import { escapeUnprintable } from '@finetune-kit/codec'
import { redact as redacted } from '@finetune-kit/diff'
import { story, storyText } from '@finetune-kit/diff/story'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import { archive, readArchive, redact } from './readArchive.ts'
import { recordType, job } from './recordType.ts'

/**
 * `finetune log ARCHIVE [RUN]`: the story of each run from its snapshots, oldest first. 0; 1 when some records could
 * not be read; 2 when none could, or there is no such run.
 */
export const log = Command.make(
  'log',
  {
    path: archive,
    runs: Argument.String('run').pipe(
      Argument.withDescription('The id of the run to tell of; all of them, otherwise'),
      Argument.variadic({ max: 1 }),
    ),
    redact,
    job,
  },
  Effect.fnUntraced(function* ({ job, ...wanted }) {
    const codec = recordType(job)
    const runs = yield* readArchive(codec, wanted)
    const tell = story(codec)
    const look = { redacted: wanted.redact, colours: process.stdout.hasColors?.() ?? false }
    for (const [run, snapshots] of runs) {
      const text = storyText(tell(snapshots), look)
      yield* Console.log(
        `run ${escapeUnprintable(JSON.stringify(wanted.redact ? redacted(run) : run))}\n${text.replace(/^/gm, '  ')}`,
      )
    }
  }),
).pipe(Command.withDescription('Tells the story of each run, oldest moment first.'))
