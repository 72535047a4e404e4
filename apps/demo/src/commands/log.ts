import { visible } from '@finetune-kit/codec'
import { redact as redacted, story, storyText } from '@finetune-kit/diff'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as Archive from '../Archive.ts'
import { items, nameOf, reading } from '../input.ts'
import { trouble } from '../Trouble.ts'
import { familyOf, job } from './family.ts'

/**
 * `finetune log ARCHIVE [RUN]`: the story of each run from its snapshots, oldest first. 0; 1 when some records could
 * not be read; 2 when none could, or there is no such run.
 */
export const log = Command.make(
  'log',
  {
    archive: Argument.String('archive').pipe(
      Argument.withDescription('A file of records, JSON or NDJSON; - is standard input'),
    ),
    run: Argument.String('run').pipe(
      Argument.withDescription('The id of the run to tell of; all of them, otherwise'),
      Argument.variadic({ max: 1 }),
    ),
    redact: Flag.Boolean('redact').pipe(
      Flag.withDefault(false),
      Flag.withDescription('Cut off API keys and ids of organizations'),
    ),
    job,
  },
  Effect.fnUntraced(function* ({ archive: path, run: [wanted], redact, job }) {
    const codec = familyOf(job)
    const name = nameOf(path)
    const { runs, rejects, rejected } = yield* reading(path, () =>
      Archive.of(codec)(name, items(path, codec)),
    )
    for (const reject of rejects) yield* Console.error(redact ? redacted(reject) : reject)
    if (runs.size === 0)
      yield* Effect.fail(
        trouble(
          rejected === 0
            ? `${name} is empty: it holds no record.`
            : `${name} has no record that can be read.`,
        ),
      )
    if (wanted !== undefined && !runs.has(wanted))
      yield* Effect.fail(trouble(`${name} has no run ${visible(JSON.stringify(wanted))}.`))
    const tell = story(codec)
    const look = { redacted: redact, colours: process.stdout.hasColors?.() ?? false }
    for (const [run, snapshots] of runs) {
      if (wanted !== undefined && run !== wanted) continue
      const text = storyText(tell(snapshots), look)
      yield* Console.log(
        `run ${visible(JSON.stringify(redact ? redacted(run) : run))}\n${text.replace(/^/gm, '  ')}`,
      )
    }
    if (rejected > 0) process.exitCode = 1
  }),
).pipe(Command.withDescription('Tells the story of each run, oldest moment first.'))
