import { helpWidth, wrapHelp } from '@finetune-kit/build/wrap-help'
import { wrongCall } from '@finetune-kit/build/wrong-call'
import { escapeUnprintable } from '@finetune-kit/codec'
import * as NodeRuntime from '@effect/platform-node/NodeRuntime'
import * as NodeServices from '@effect/platform-node/NodeServices'
import * as Cause from 'effect/Cause'
import * as CliConfig from 'effect/cli/CliConfig'
import * as CliOutput from 'effect/cli/CliOutput'
import * as Command from 'effect/cli/Command'
import * as GlobalFlag from 'effect/cli/GlobalFlag'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Layer from 'effect/Layer'
import { command } from './command.ts'
import { version } from './version.ts'

const words = process.argv
  .slice(2)
  .filter(argument => argument !== '--')
  .map(argument => (argument === '-V' ? '--version' : argument))

const output: CliOutput.Presenter = {
  present: event => {
    switch (event._tag) {
      case 'InvalidInvocation':
        return Console.error(escapeUnprintable(wrongCall('finetune-ledger', event.errors)))
      case 'Help':
        return Console.log(
          wrapHelp(
            CliOutput.defaultFormatter().formatHelpDoc(event.helpDoc),
            Math.min(process.stdout.columns || helpWidth, helpWidth),
          ),
        )
      default:
        return CliOutput.defaultPresenter.present(event)
    }
  },
}

const program = Command.runWith(command, { version })(words).pipe(
  Effect.catch(error =>
    Effect.andThen(
      // the command has printed what is wrong with the call itself
      error._tag === 'LedgerError' ? Console.error(escapeUnprintable(error.message)) : Effect.void,
      Effect.sync(() => void (process.exitCode = 2)),
    ),
  ),
  // what nobody foresaw is still one line, never a stack trace
  Effect.catchDefect(defect =>
    Effect.andThen(
      Console.error(`finetune-ledger: stopped by a defect: ${String(defect)}. Please report it.`),
      Effect.sync(() => void (process.exitCode = 2)),
    ),
  ),
  Effect.provide(
    Layer.mergeAll(
      NodeServices.layer,
      CliOutput.layerPresenter(output),
      CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }),
    ),
  ),
)

// a terminal that is closed, or Ctrl-\, ends the server as SIGTERM does: the runtime knows neither
for (const signal of ['SIGHUP', 'SIGQUIT']) process.once(signal, () => process.kill(process.pid, 'SIGTERM'))

/** Milliseconds for the clean-up after a signal. It waits for a database, which may say nothing. */
const grace = 5000

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => setTimeout(() => process.exit(0), grace).unref())

NodeRuntime.runMain(program, {
  // Ctrl-C is a normal end
  teardown: (exit, done) =>
    done(Exit.isFailure(exit) && !Cause.hasInterruptsOnly(exit.cause) ? 1 : Number(process.exitCode ?? 0)),
})
