import { type DatabaseOptions, openStore, type Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as HttpServer from 'effect/http/HttpServer'
import * as Layer from 'effect/Layer'
import * as ManagedRuntime from 'effect/ManagedRuntime'
import * as Scope from 'effect/Scope'
import { app } from '../../src/server/app.ts'
import { httpServer } from '../../src/server/httpServer.ts'
import { importFile } from './importFiles.ts'
import { noServices, type Services } from '../../src/server/watching/Services.ts'
import { asked } from './started.ts'

/** A ledger over a new database with these files in this process, at any free port. */
export const inProcess = async (
  paths: ReadonlyArray<string>,
  database: DatabaseOptions = { db: ':memory:' },
  { services = noServices, patience }: { services?: Services; patience?: number } = {},
) => {
  const scope = Scope.makeUnsafe()
  const run = <A, E>(effect: Effect.Effect<A, E, Scope.Scope>) =>
    Effect.runPromise(Effect.provideService(effect, Scope.Scope, scope))
  const store: Store = await run(openStore(database))
  await run(Effect.forEach(paths, path => importFile(store, path)))
  const http = httpServer(0, undefined, patience)
  const served = await run(app({ store, database, services }))
  const runtime = ManagedRuntime.make(Layer.provideMerge(served, http))
  const url = await runtime.runPromise(HttpServer.addressFormattedWith(address => Effect.succeed(address)))
  const get = async (path: string): Promise<{ readonly status: number; readonly body: unknown }> => {
    const { status, body } = await asked(url, path)
    return { status, body: JSON.parse(body) }
  }
  const close = async () => {
    await runtime.dispose()
    await Effect.runPromise(Scope.close(scope, Exit.void))
  }
  return { url, store, run, get, close }
}
