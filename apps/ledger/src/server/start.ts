import * as NodeRuntime from '@effect/platform-node/NodeRuntime'
import * as Cause from 'effect/Cause'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as HttpServer from 'effect/http/HttpServer'
import * as Layer from 'effect/Layer'
import { loadLedger, sample } from './loadLedger.ts'
import { app } from './app.ts'
import { httpServer } from './httpServer.ts'
import { portOf } from './port.ts'

const program = Effect.gen(function* () {
  const paths = process.argv.slice(2).filter(argument => argument !== '--')
  const port = yield* portOf(process.env['PORT'])
  const ledger = yield* loadLedger(paths.length === 0 ? sample : paths)
  for (const reject of ledger.rejects) yield* Console.error(reject)
  if (ledger.rejected > 0)
    yield* Console.error(
      `${ledger.rejected} of the records of ${ledger.sources.join(', ')} could not be read; the others are shown.`,
    )
  const announced = Layer.effectDiscard(
    HttpServer.addressFormattedWith(address =>
      Console.log(`The ledger of ${ledger.runs.length} runs is at ${address}. Press Ctrl-C to stop it.`),
    ),
  )
  return yield* Layer.launch(Layer.provide(Layer.merge(app(ledger), announced), httpServer(port)))
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
