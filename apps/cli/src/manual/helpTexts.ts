import { Writable } from 'node:stream'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type { BuiltHelp, HelpTexts } from '../builtHelp.ts'
import { commandNames, finetune } from '../finetuneCommand.ts'
import { Io } from '../Io.ts'

const calls = [['--version'], ['--help'], ...commandNames.map(name => [name, '--help'])]

/** Returns what the program prints for each call that asks for help. */
export const helpTexts: Effect.Effect<BuiltHelp> = Effect.gen(function* () {
  return { plain: yield* drawn(false), coloured: yield* drawn(true) }
})

const drawn = (isColoured: boolean): Effect.Effect<HelpTexts> =>
  Effect.map(
    Effect.forEach(calls, words =>
      Effect.gen(function* () {
        let text = ''
        const stdout = new Writable({
          write: (chunk: Buffer, _, done) => {
            text += String(chunk)
            done()
          },
        })
        const output = Object.assign(stdout, { hasColors: () => isColoured })
        yield* Effect.provideService(finetune(words), Io, {
          stdin: Stream.empty,
          stdout: output,
          stderr: process.stderr,
          exit: { code: 0 },
        })
        return [words.join(' '), text] as const
      }),
    ),
    Object.fromEntries,
  )
