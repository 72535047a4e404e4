import * as NodeRuntime from '@effect/platform-node/NodeRuntime'
import { FineTuneSnapshot } from '@finetune-kit/model'
import * as Cause from 'effect/Cause'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as HttpServer from 'effect/http/HttpServer'
import * as Layer from 'effect/Layer'
import { loadArchive, sample } from './loadArchive.ts'
import { app } from './app.ts'
import { httpServer } from './httpServer.ts'
import { portOf } from './port.ts'
import { ledgerError } from '../LedgerError.ts'

const program = Effect.gen(function* () {
  const [path = sample, ...more] = process.argv.slice(2).filter(argument => argument !== '--')
  if (more.length > 0)
    return yield* Effect.fail(ledgerError(`The ledger shows one archive, and ${more.length + 1} were given.`))
  const port = yield* portOf(process.env['PORT'])
  const archive = yield* loadArchive(path)
  for (const reject of archive.rejects) yield* Console.error(reject)
  if (archive.rejected > 0)
    yield* Console.error(
      `${archive.rejected} of the records of ${archive.source} could not be read; the others are shown.`,
    )
  const announced = Layer.effectDiscard(
    HttpServer.addressFormattedWith(address =>
      Console.log(`The ledger of ${archive.runs.size} runs is at ${address}. Press Ctrl-C to stop it.`),
    ),
  )
  return yield* Layer.launch(
    Layer.provide(Layer.merge(app(FineTuneSnapshot, archive), announced), httpServer(port)),
  )
})

NodeRuntime.runMain(
  Effect.catch(program, ({ message }) =>
    Effect.andThen(
      Console.error(message),
      Effect.sync(() => void (process.exitCode = 2)),
    ),
  ),
  {
    // Ctrl-C is a normal end
    teardown: (exit, done) => done(Exit.isFailure(exit) && !Cause.hasInterruptsOnly(exit.cause) ? 1 : 0),
  },
)
