import { Canonical, draw, escapeUnprintable } from '@finetune-kit/codec'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import {
  anyKindCodec,
  codecForInput,
  inputName,
  readItems,
  readWhole,
  tryReading,
} from '@finetune-kit/archive'
import { isList, kind, kindOf } from './kind.ts'

/** `finetune hash FILE…`: 0 when every record has a digest, 1 when one is not valid, 2 when a file cannot be read. */
export const hash = Command.make(
  'hash',
  {
    files: Argument.String('file').pipe(
      Argument.withDescription('A file of records in any format; - is standard input'),
      Argument.atLeast(1),
    ),
    kind,
  },
  Effect.fnUntraced(function* ({ files, kind }) {
    const { encode } = kindOf(kind)?.codec ?? anyKindCodec()
    const codec = kindOf(kind)?.codec ?? codecForInput()
    for (const path of files) {
      const name = inputName(path)
      // a line at a time would be written in more time than it takes to make it
      let lines: Array<string> = []
      const print = (): void => {
        if (lines.length > 0) console.log(lines.join('\n'))
        lines = []
      }
      const complain = (sentence: string): void => {
        print()
        console.error(sentence)
        process.exitCode ??= 1
      }
      const digest = async () => {
        for await (const batch of (isList(kind) ? readWhole : readItems)(path, codec)) {
          for (const item of batch) {
            if (item._tag === 'Reject') {
              complain(draw(item.error, name))
              continue
            }
            const hashed = Canonical.digest(encode(item.value))
            const place = item.line === undefined ? name : `${name}:${item.line}`
            if (hashed._tag === 'Right') lines.push(`${hashed.right}  ${place}${idOf(item.value)}`)
            else complain(`${place} has no canonical form: ${escapeUnprintable(hashed.left.reason)}`)
          }
          print()
        }
      }
      yield* Effect.catch(
        tryReading(path, digest),
        Effect.fnUntraced(function* ({ sentence }) {
          process.exitCode = 2
          yield* Console.error(sentence)
        }),
      )
    }
  }),
).pipe(
  Command.withDescription(
    'Prints the SHA-256 digest of each record in its canonical form (RFC 8785): the same one whatever the format and the order of keys.',
  ),
)

const idOf = (value: unknown): string => {
  const { id } = value as { readonly id?: unknown }
  return typeof id === 'string' ? ` ${escapeUnprintable(id)}` : ''
}
