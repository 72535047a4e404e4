import { helpWidth, wrapHelp } from '@finetune-kit/build/wrap-help'
import { wrongCall } from '@finetune-kit/build/wrong-call'
import { escapeUnprintable } from '@finetune-kit/codec'
import { didYouMean } from '@finetune-kit/codec/compile'
import * as CliOutput from 'effect/cli/CliOutput'
import * as Effect from 'effect/Effect'
import { complain, look, print } from './Io.ts'

/** Prints help and version, and one line for a wrong call instead of the whole help. */
export const presenter: CliOutput.Presenter = {
  present: event =>
    Effect.flatMap(look, ({ colours, width }) => {
      const { formatHelpDoc, formatVersion } = CliOutput.defaultFormatter({ colors: colours })
      switch (event._tag) {
        case 'Help':
          return (event.reason === 'Implicit' ? complain : print)(
            wrapHelp(spaced(formatHelpDoc(event.helpDoc)), Math.min(width, helpWidth)),
          )
        case 'Version':
          return print(formatVersion(event.name, event.version))
        default:
          return complain(
            escapeUnprintable(
              wrongCall(event.commandPath.join(' '), event.errors, {
                suggest: didYouMean,
                remedy: line => remedyOf(event.commandPath, line),
              }),
            ),
          )
      }
    }),
}

/** The remedy of a wrong call that is right elsewhere. */
const remedyOf = ([, command]: ReadonlyArray<string>, line: string): string | undefined => {
  if (command === undefined && line.startsWith('Unrecognized flag')) return 'Flags come after the command.'
  return command === 'convert' && line.startsWith('Unexpected positional argument')
    ? 'Pass several files as a folder, or as a pattern in quotes.'
    : undefined
}

/** The help with an empty line before its examples, which a list of commands lacks. */
const spaced = (help: string): string =>
  help.replace(/(?<!\n)\n[^\n\w]*(?:\[\d+m)*EXAMPLES/, heading => `\n${heading}`)
