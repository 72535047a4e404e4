import * as Effect from 'effect/Effect'
import * as HttpServer from 'effect/http/HttpServer'
import * as Layer from 'effect/Layer'
import * as ManagedRuntime from 'effect/ManagedRuntime'
import { app } from '../../src/server/app.ts'
import { httpServer } from '../../src/server/httpServer.ts'
import { loadLedger } from '../../src/server/loadLedger.ts'
import { asked } from './started.ts'

/** A ledger of these files in this process, at any free port. */
export const inProcess = async (paths: ReadonlyArray<string>) => {
  const ledger = await Effect.runPromise(loadLedger(paths))
  const http = httpServer(0)
  const runtime = ManagedRuntime.make(Layer.provideMerge(app(ledger), http))
  const url = await runtime.runPromise(HttpServer.addressFormattedWith(address => Effect.succeed(address)))
  const get = async (path: string): Promise<{ readonly status: number; readonly body: unknown }> => {
    const { status, body } = await asked(url, path)
    return { status, body: JSON.parse(body) }
  }
  return { url, get, close: () => runtime.dispose() }
}
