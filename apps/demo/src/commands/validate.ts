import { draw } from '@finetune-kit/codec'
import { FineTune, FineTuneSnapshot } from '@finetune-kit/model'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import { items, nameOf, reading } from '../input.ts'

/** `finetune validate FILE…`: 0 when every record is valid, 1 when one is not, 2 when a file cannot be read. */
export const validate = Command.make(
  'validate',
  {
    files: Argument.String('file').pipe(
      Argument.withDescription('A file of records, JSON or NDJSON; - is standard input'),
      Argument.atLeast(1),
    ),
    contract: Flag.Boolean('contract').pipe(
      Flag.withDefault(false),
      Flag.withDescription('Take the documentation to the letter: only runs that have succeeded'),
    ),
  },
  Effect.fnUntraced(function* ({ files, contract }) {
    const codec: t.Mixed = contract ? FineTune : FineTuneSnapshot
    const count = { valid: 0, invalid: 0, troubles: 0 }
    for (const path of files) {
      const check = async () => {
        let records = 0
        for await (const batch of items(path, codec))
          for (const item of batch) {
            records++
            if (item._tag === 'Record') count.valid++
            else {
              count.invalid++
              console.log(draw(item.error, nameOf(path)))
            }
          }
        return records
      }
      const problem = yield* Effect.match(reading(path, check), {
        onFailure: ({ sentence }) => sentence,
        onSuccess: records => (records === 0 ? `${nameOf(path)} is empty: it holds no record.` : undefined),
      })
      if (problem === undefined) continue
      count.troubles++
      yield* Console.error(problem)
    }
    yield* Console.error(summary(files.length, count))
    process.exitCode = count.troubles > 0 ? 2 : count.invalid > 0 ? 1 : 0
  }),
).pipe(Command.withDescription('Says of each record what is wrong with it, and where.'))

interface Count {
  readonly valid: number
  readonly invalid: number
  readonly troubles: number
}

const summary = (files: number, { valid, invalid, troubles }: Count): string => {
  const holds = `${several(files, 'file')}, ${several(valid + invalid, 'record')}: ${valid} valid, ${invalid} invalid`
  return troubles === 0 ? holds : `${holds}; ${several(troubles, 'file')} could not be checked`
}

const several = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
