import { ReadLimits } from '@finetune-kit/archive'
import * as NodeRuntime from '@effect/platform-node/NodeRuntime'
import * as Effect from 'effect/Effect'
import { Io } from './Io.ts'
import { onUnread } from './Output.ts'
import { readLimits } from './readLimits.ts'
import { finetune } from './finetuneCommand.ts'

/** Resolves once nobody reads the output any more. */
const unread = Effect.callback<true>(resume => onUnread(() => resume(Effect.succeed(true))))

/** Codes that a shell expects of a program that a signal has ended: 128 and its number. */
const signals = {
  SIGHUP: 129,
  SIGQUIT: 131,
  SIGUSR2: 140,
  SIGALRM: 142,
  SIGTERM: 143,
  SIGXCPU: 152,
} as const

/** Milliseconds for the clean-up after a signal. Opening a pipe that nobody else opens never ends. */
const grace = 3000

const endAnyway = (signal: NodeJS.Signals): void => {
  setTimeout(() => {
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  }, grace).unref()
}

process.once('SIGINT', () => endAnyway('SIGINT'))
for (const [signal, code] of Object.entries(signals))
  process.once(signal, () => {
    endAnyway(signal as NodeJS.Signals)
    process.once('exit', () => void (process.exitCode = code))
    // the runtime interrupts all that runs, and waits for its clean-up
    process.kill(process.pid, 'SIGINT')
  })

const io = Io.defaultValue()

finetune(process.argv.slice(2)).pipe(
  Effect.provideService(Io, io),
  Effect.provideService(ReadLimits, readLimits(process.env)),
  Effect.as(false),
  Effect.raceFirst(unread),
  Effect.andThen(hasNoReader =>
    Effect.sync(() => {
      process.exitCode = io.exit.code
      if (hasNoReader) process.exit()
    }),
  ),
  NodeRuntime.runMain,
)
