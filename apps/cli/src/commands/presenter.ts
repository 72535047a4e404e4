import { escapeUnprintable } from '@finetune-kit/codec'
import * as CliOutput from 'effect/cli/CliOutput'
import * as Console from 'effect/Console'

/** What the command line says of itself. A wrong call gets a line, not the whole help. */
export const presenter: CliOutput.Presenter = {
  present: event => {
    if (event._tag !== 'InvalidInvocation')
      return event._tag === 'Help' && event.reason === 'Implicit'
        ? Console.error(CliOutput.defaultFormatter({ colors: false }).formatHelpDoc(event.helpDoc))
        : CliOutput.defaultPresenter.present(event)
    const wrong = event.errors
      .map(({ message }) =>
        message
          .replaceAll(/\s+/g, ' ')
          .trim()
          .replace(/ Did you mean this\? (\S+)$/, ' (did you mean $1?)'),
      )
      .join('; ')
    return Console.error(`${escapeUnprintable(wrong)}. See ${event.commandPath.join(' ')} --help.`)
  },
}
