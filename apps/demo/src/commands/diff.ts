import { draw } from '@finetune-kit/codec'
import { Change, changeText } from '@finetune-kit/diff'
import { FineTuneSnapshot } from '@finetune-kit/model'
import { Json } from '@finetune-kit/serialization'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import { bytes, nameOf, reading, stdin } from '../input.ts'
import { type Trouble, trouble } from '../Trouble.ts'

const record = (name: string, description: string) =>
  Argument.String(name).pipe(Argument.withDescription(description))

/** `finetune diff A B`: 0 when the records are the same, 1 when they differ, 2 when that cannot be told. */
export const diff = Command.make(
  'diff',
  {
    a: record('a', 'A file that holds one record as JSON; - is standard input'),
    b: record('b', 'Another'),
  },
  Effect.fnUntraced(function* ({ a, b }) {
    if (a === stdin && b === stdin) yield* Effect.fail(trouble('Standard input can be only one of the two.'))
    const changes = Change.of(FineTuneSnapshot)(yield* one(a), yield* one(b))
    if (changes.length > 0) {
      yield* Console.log(changeText(changes, { colours: process.stdout.hasColors?.() ?? false }))
      process.exitCode = 1
    }
  }),
).pipe(Command.withDescription('Says what changed from one record to another.'))

/** The one record that a file holds. */
const one = (path: string): Effect.Effect<FineTuneSnapshot, Trouble> =>
  Effect.flatMap(
    reading(path, () => bytes(path)),
    text => {
      const decoded = Json.of(FineTuneSnapshot).decode(text)
      return decoded._tag === 'Right'
        ? Effect.succeed(decoded.right)
        : Effect.fail(trouble(draw(decoded.left, nameOf(path))))
    },
  )
