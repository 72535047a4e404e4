import * as Argument from 'effect/cli/Argument'
import * as CliConfig from 'effect/cli/CliConfig'
import * as CliOutput from 'effect/cli/CliOutput'
import * as Command from 'effect/cli/Command'
import * as GlobalFlag from 'effect/cli/GlobalFlag'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import { cliError, drawError } from './CliError.ts'
import { commandServices } from './commandServices.ts'
import { complain, exitWith } from './Io.ts'
import { presenter } from './presenter.ts'
import { version } from './version.ts'

/** The module of each command is loaded when it is called; all of them for `finetune --help`. */
const commands = {
  validate: async () => (await import('./commands/validate.ts')).validate,
  convert: async () => (await import('./commands/convert.ts')).convert,
  hash: async () => (await import('./commands/hash.ts')).hash,
  diff: async () => (await import('./commands/diff.ts')).diff,
  patch: async () => (await import('./commands/patch.ts')).patch,
  merge: async () => (await import('./commands/merge.ts')).merge,
  compare: async () => (await import('./commands/compare.ts')).compare,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  log: async () => (await import('./commands/log.ts')).log,
  import: async () => (await import('./commands/import.ts')).importCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  runs: async () => (await import('./commands/runs.ts')).runs,
  pull: async () => (await import('./commands/pull.ts')).pull,
  watch: async () => (await import('./commands/watch.ts')).watch,
  follow: async () => (await import('./commands/follow.ts')).follow,
  schema: async () => (await import('./commands/schema.ts')).schema,
}

export const commandNames = Object.keys(commands)

/** Runs `finetune` with these arguments. The exit code is in its {@link Io}. */
export const finetune = (
  args: ReadonlyArray<string>,
  output: CliOutput.Presenter = presenter,
): Effect.Effect<void> =>
  Effect.gen(function* () {
    const words = withAliases(args)
    const [name = ''] = words
    const called = Object.hasOwn(commands, name)
      ? [commands[name as keyof typeof commands]]
      : Object.values(commands)
    const subcommands = yield* Effect.promise(() => Promise.all(called.map(load => load())))
    const command = Command.make('finetune').pipe(
      Command.withDescription(
        'Validates, converts, compares, patches and merges records of OpenAI fine-tuning, and tells what happened to a run. ' +
          'Exit code: 0 if all is well, 1 if a record is invalid or something differs, 2 if a file cannot be used or the call is wrong.',
      ),
      Command.withExamples([
        { command: 'finetune validate jobs.ndjson', description: 'Check every record of a file' },
        { command: 'finetune convert jobs.ndjson jobs.parquet', description: 'Write it in another format' },
        { command: 'finetune log jobs.ndjson', description: 'Tell what happened to each run' },
        { command: 'finetune help diff', description: 'Show the help of a command' },
      ]),
      Command.withSubcommands(words.some(isCompletions) ? [...subcommands, help] : subcommands),
    )
    yield* Command.runWith(command, { version })(words).pipe(
      Effect.catch(error =>
        error._tag === 'CliError' || error._tag === 'FileError' ? Effect.fail(error) : exitWith(2),
      ),
      // what nobody foresaw is still one line, never a stack trace
      Effect.catchDefect(defect => Effect.fail(cliError(`finetune: ${defectText(defect)}`))),
      Effect.catch(error => Effect.andThen(complain(drawError(error)), exitWith(2))),
    )
  }).pipe(
    Effect.provide(
      Layer.mergeAll(
        commandServices,
        CliOutput.layerPresenter(output),
        CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }),
      ),
    ),
  )

const isCompletions = (word: string): boolean => /^--completions(=|$)/.test(word)

/** `finetune help COMMAND` as the shells complete it; a call of it has another name. */
const help = Command.make('help', {
  command: Argument.Literals('command', commandNames).pipe(Argument.optional),
}).pipe(Command.withShortDescription('Show the help of a command'))

/**
 * `-V` is `--version`; `help` is `--help`, `help COMMAND` is `COMMAND --help`. A misspelt command
 * has no help: without the flag, the call says so.
 */
const withAliases = (args: ReadonlyArray<string>): ReadonlyArray<string> => {
  const [first = '', ...rest] = args
  if (first === '-V') return ['--version', ...rest]
  const words = first === 'help' ? [...rest, '--help'] : args
  const [name = ''] = words
  const isMisspelt = !name.startsWith('-') && !Object.hasOwn(commands, name)
  return isMisspelt ? words.filter(word => word !== '--help' && word !== '-h') : words
}

/** Node asks for the working folder wherever a relative path is resolved. */
const defectText = (defect: unknown): string =>
  defect instanceof Error && 'syscall' in defect && defect.syscall === 'uv_cwd'
    ? 'the working folder was removed. Change to another one.'
    : `stopped by a defect: ${String(defect)}. Please report it.`
