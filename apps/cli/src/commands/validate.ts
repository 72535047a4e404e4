import { draw } from '@finetune-kit/codec'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import { codecForInput, inputName, readItems, readWhole, tryReading } from '@finetune-kit/archive'
import { isList, kind, kindOf } from './kind.ts'
import { pluralize } from '../pluralize.ts'

/** `finetune validate FILE…`: 0 when every record is valid, 1 when one is not, 2 when a file cannot be read. */
export const validate = Command.make(
  'validate',
  {
    files: Argument.String('file').pipe(
      Argument.withDescription('A file of records in any format, also compressed; - is standard input'),
      Argument.atLeast(1),
    ),
    kind,
    contract: Flag.Boolean('contract').pipe(
      Flag.withDefault(false),
      Flag.withDescription('Take the documentation to the letter: of runs, only those that have succeeded'),
    ),
  },
  Effect.fnUntraced(function* ({ files, kind, contract }) {
    const which = contract ? 'contract' : 'codec'
    const codec = kindOf(kind)?.[which] ?? codecForInput(which)
    const count = { valid: 0, invalid: 0, troubles: 0 }
    let rejects = 0
    for (const path of files) {
      const check = async () => {
        let pieces = 0
        for await (const batch of (isList(kind) ? readWhole : readItems)(path, codec)) {
          pieces++
          for (const item of batch)
            if (item._tag === 'Record') count.valid++
            else {
              rejects++
              count.invalid += item.records ?? 1
              console.log(draw(item.error, inputName(path)))
            }
        }
        return pieces
      }
      const problem = yield* Effect.match(tryReading(path, check), {
        onFailure: ({ sentence }) => sentence,
        onSuccess: pieces => (pieces === 0 ? `${inputName(path)} is empty: it holds no record.` : undefined),
      })
      if (problem === undefined) continue
      count.troubles++
      yield* Console.error(problem)
    }
    yield* Console.error(summary(files.length, count))
    process.exitCode = count.troubles > 0 ? 2 : rejects > 0 ? 1 : 0
  }),
).pipe(Command.withDescription('Says of each record what is wrong with it, and where.'))

interface Count {
  readonly valid: number
  readonly invalid: number
  readonly troubles: number
}

const summary = (files: number, { valid, invalid, troubles }: Count): string => {
  const holds = `${pluralize(files, 'file')}, ${pluralize(valid + invalid, 'record')}: ${valid} valid, ${invalid} invalid`
  return troubles === 0 ? holds : `${holds}; ${pluralize(troubles, 'file')} could not be checked`
}
