import * as NodeRuntime from '@effect/platform-node/NodeRuntime'
import * as NodeServices from '@effect/platform-node/NodeServices'
import * as CliConfig from 'effect/cli/CliConfig'
import * as CliOutput from 'effect/cli/CliOutput'
import * as Command from 'effect/cli/Command'
import * as GlobalFlag from 'effect/cli/GlobalFlag'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import { isBrokenPipe } from '../isBrokenPipe.ts'
import { inputError } from '@finetune-kit/archive'
import { presenter } from './presenter.ts'

/** Each command is loaded when it is called; all of them, to say what there is. */
const commands = {
  validate: async () => (await import('./validate.ts')).validate,
  convert: async () => (await import('./convert.ts')).convert,
  hash: async () => (await import('./hash.ts')).hash,
  diff: async () => (await import('./diff.ts')).diff,
  patch: async () => (await import('./patch.ts')).patch,
  merge: async () => (await import('./merge.ts')).merge,
  compare: async () => (await import('./compare.ts')).compare,
  log: async () => (await import('./log.ts')).log,
}

const args = process.argv.slice(2)
const [name = ''] = args
const wanted = Object.hasOwn(commands, name)
  ? [commands[name as keyof typeof commands]]
  : Object.values(commands)

const finetune = Command.make('finetune').pipe(
  Command.withDescription(
    'Checks, converts, compares, patches and merges records of OpenAI fine-tunes, and tells their story.',
  ),
  Command.withSubcommands(await Promise.all(wanted.map(load => load()))),
)

/**
 * The output goes nowhere any more, and there is nothing left to do. Whoever reads it may stop reading, `head` for one: that is no
 * mistake; a disk that is full is one, also when all has been done before it is known.
 */
const unread = Effect.callback<true>(resume => {
  let isTold = false
  for (const name of ['stdout', 'stderr'] as const)
    process[name].on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (!isBrokenPipe(code) && !isTold) {
        isTold = true
        console.error(`${name}: ${code === 'ENOSPC' ? 'no space is left' : message}.`)
        process.once('exit', () => void (process.exitCode = 2))
      }
      resume(Effect.succeed(true))
    })
})

const exit = (code: number) => Effect.sync(() => void (process.exitCode = code))

// a terminal that is closed is to leave no more behind than Ctrl-C does
process.once('SIGHUP', () => process.kill(process.pid, 'SIGTERM'))

Command.runWith(finetune, { version: '0.0.0' })(args).pipe(
  Effect.catch(error => (error._tag === 'Trouble' ? Effect.fail(error) : exit(2))),
  // what nobody foresaw: still one line, and never a stack trace
  Effect.catchDefect(defect => Effect.fail(inputError(`finetune stopped: ${String(defect)}`))),
  Effect.catch(({ sentence }) => Effect.andThen(Console.error(sentence), exit(2))),
  Effect.as(false),
  Effect.raceFirst(unread),
  Effect.andThen(hasNoReader => (hasNoReader ? Effect.sync(() => process.exit()) : Effect.void)),
  Effect.provide(
    Layer.mergeAll(
      NodeServices.layer,
      CliOutput.layerPresenter(presenter),
      CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }),
    ),
  ),
  NodeRuntime.runMain,
)
