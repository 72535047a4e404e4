import * as Effect from 'effect/Effect'
import type { HelpDoc } from 'effect/cli/HelpDoc'
import { commandNames, finetune } from '../finetuneCommand.ts'

/** Returns the help of `finetune` and, after it, of each command: what `--help` draws. */
export const helpDocs: Effect.Effect<ReadonlyArray<HelpDoc>> = Effect.forEach(
  [[], ...commandNames.map(name => [name])],
  words =>
    Effect.gen(function* () {
      const docs: Array<HelpDoc> = []
      yield* finetune([...words, '--help'], {
        present: event => Effect.sync(() => void (event._tag === 'Help' && docs.push(event.helpDoc))),
      })
      return docs
    }),
).pipe(Effect.map(docs => docs.flat()))
