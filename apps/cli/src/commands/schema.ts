import { JsonSchema } from '@finetune-kit/codec'
import { RecordKind } from '@finetune-kit/model'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import { cliError } from '../CliError.ts'
import { print } from '../Io.ts'
import { json } from './readValue.ts'

const names = RecordKind.all.map(({ name }) => name)

/** `finetune schema KIND` */
export const schema = Command.make(
  'schema',
  {
    kind: Argument.String('kind').pipe(Argument.withDescription(`A kind of record: ${names.join(', ')}`)),
    contract: Flag.Boolean('contract').pipe(
      Flag.withDefault(false),
      Flag.withDescription('The record as the API documents it, instead of all that was seen'),
    ),
  },
  Effect.fnUntraced(function* ({ kind, contract }) {
    const found = RecordKind.all.find(({ name }) => name === kind)
    if (found === undefined)
      return yield* Effect.fail(cliError(`${kind}: no such kind of record. Pass one of ${names.join(', ')}.`))
    return yield* print(json(JsonSchema.of(contract ? found.contract : found.codec)))
  }),
).pipe(
  Command.withDescription(
    'Prints the JSON Schema of a kind of record. Exit code: 0, 2 if there is no such kind.',
  ),
  Command.withExamples([{ command: 'finetune schema job > job.schema.json' }]),
)
