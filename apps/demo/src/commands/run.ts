import * as NodeRuntime from '@effect/platform-node/NodeRuntime'
import * as NodeServices from '@effect/platform-node/NodeServices'
import * as CliConfig from 'effect/cli/CliConfig'
import * as CliOutput from 'effect/cli/CliOutput'
import * as Command from 'effect/cli/Command'
import * as GlobalFlag from 'effect/cli/GlobalFlag'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import { trouble } from '../Trouble.ts'
import { diff } from './diff.ts'
import { log } from './log.ts'
import { merge } from './merge.ts'
import { patch } from './patch.ts'
import { presenter } from './presenter.ts'
import { validate } from './validate.ts'

// whoever reads the output may stop reading, `head` for one: that is no mistake
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })

const finetune = Command.make('finetune').pipe(
  Command.withDescription(
    'Checks, compares, patches and merges records of OpenAI fine-tunes, and tells their story.',
  ),
  Command.withSubcommands([validate, diff, patch, merge, log]),
)

const exit = (code: number) => Effect.sync(() => void (process.exitCode = code))

Command.runWith(finetune, { version: '0.0.0' })(process.argv.slice(2)).pipe(
  Effect.catch(error => (error._tag === 'Trouble' ? Effect.fail(error) : exit(2))),
  // what nobody foresaw: still one line, and never a stack trace
  Effect.catchDefect(defect => Effect.fail(trouble(`finetune stopped: ${String(defect)}`))),
  Effect.catch(({ sentence }) => Effect.andThen(Console.error(sentence), exit(2))),
  Effect.provide(
    Layer.mergeAll(
      NodeServices.layer,
      CliOutput.layerPresenter(presenter),
      CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }),
    ),
  ),
  NodeRuntime.runMain,
)
