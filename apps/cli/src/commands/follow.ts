import { storyText } from '@finetune-kit/diff/story'
import { hasStatus } from '@finetune-kit/model'
import { type FollowUpdate, follow as followRun, SeenRun } from '@finetune-kit/watch'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { complain, exitWith, look, print } from '../Io.ts'
import { outputStyle } from './outputStyle.ts'
import { fromService, openClient, service } from './service.ts'
import { settle } from './settle.ts'

/** `finetune follow RUN` */
export const follow = Command.make(
  'follow',
  {
    run: Argument.String('run').pipe(Argument.withDescription('The id of the run')),
    ...service,
    settle,
    format: outputStyle('How to print what happens: in words, or as observations, one on each line'),
  },
  Effect.fnUntraced(function* ({ run, format, settle, ...flags }) {
    const client = yield* openClient(flags)
    const options = yield* look
    let seen = SeenRun.unseen
    const tell = (update: FollowUpdate): Effect.Effect<void> => {
      if (update._tag === 'Fault')
        return complain(update.error.message, `  Next attempt in ${Math.ceil(update.delay)} s.`)
      if (update._tag === 'Ended') {
        const { missingFiles } = update
        const words = missingFiles.map(
          id => `${id}: the service lists this result file and has no content of it.`,
        )
        return Effect.andThen(
          complain(...words),
          hasStatus(update.run, 'succeeded') ? Effect.void : exitWith(1),
        )
      }
      const before = seen
      seen = SeenRun.see(before, update.observations)
      const entries = SeenRun.newEntries(before, seen)
      const lines =
        format === 'json'
          ? update.observations.map(one => JSON.stringify(one))
          : entries.map(entry => storyText([entry], options))
      return Effect.andThen(
        complain(...update.odd.map(words => `${run}: a record is not kept: ${words}`)),
        print(...lines),
      )
    }
    yield* fromService(Stream.runForEach(followRun(client, run, { pace: { settle } }), tell))
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    'Follows a run of a service until its end, whatever the network does, and tells what happens. ' +
      'Exit code: 0 if it succeeds, 1 if it fails or is cancelled, 2 if it cannot be followed.',
  ),
  Command.withShortDescription('Tell what happens to a run of a service'),
  Command.withExamples([
    { command: 'finetune follow ftjob-abc' },
    { command: 'finetune follow ftjob-abc --base-url http://localhost:8000/v1 --api-key-env LOCAL_KEY' },
    { command: 'finetune follow ftjob-abc --format json > run.ndjson' },
  ]),
)
