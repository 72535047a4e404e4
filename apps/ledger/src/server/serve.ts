import { escapeUnprintable } from '@finetune-kit/codec'
import { defaultDatabase, openStore, rejectLines } from '@finetune-kit/store'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as HttpServer from 'effect/http/HttpServer'
import * as Layer from 'effect/Layer'
import { ledgerError } from '../LedgerError.ts'
import { accessOf } from './access.ts'
import { app } from './app.ts'
import { httpServer } from './httpServer.ts'
import { importFile, type FileReport } from './importFiles.ts'
import { openBrowser } from './openBrowser.ts'
import { servicesOf } from './watching/Services.ts'
import { simulatedServices } from './watching/simulatedService.ts'

/** The facts that the program is called with. */
export interface Options {
  readonly files: ReadonlyArray<string>
  readonly db: string | undefined
  readonly port: number
  readonly open: boolean
  readonly host: string
  readonly allowedHosts: ReadonlyArray<string>
  readonly tokenEnv: string | undefined
  /** The keys of services that may be watched, as `NAME` or `NAME=BASE_URL`. */
  readonly apiKeyEnv: ReadonlyArray<string>
  /** True if a simulated service is watched. */
  readonly simulated: boolean
}

/** Imports the files, then serves the database until it is interrupted. */
export const serve = ({ files, db, port, open, apiKeyEnv, simulated, ...flags }: Options) =>
  Effect.scoped(
    Effect.gen(function* () {
      const access = yield* accessOf(flags)
      const given = yield* servicesOf(apiKeyEnv)
      const url = process.env['DATABASE_URL']
      const databaseUrl = url === '' ? undefined : url
      const database =
        db === undefined && databaseUrl !== undefined ? { databaseUrl } : { db: db ?? defaultDatabase() }
      const store = yield* openStore(database)
      const imported = yield* Effect.forEach(files, path => importFile(store, path))
      for (const line of imported.flatMap(reportLines)) yield* Console.error(line)
      const services = simulated ? yield* simulatedServices(given) : given
      const total = yield* store.count({ hidden: 'with' })
      const announced = Layer.effectDiscard(
        HttpServer.addressFormattedWith(address =>
          Effect.gen(function* () {
            yield* Console.log(
              `The ledger of ${total} ${total === 1 ? 'run' : 'runs'} is at ${address}. Press Ctrl-C to stop it.`,
            )
            if (open) yield* openBrowser(address)
          }),
        ),
      )
      return yield* Layer.launch(
        Layer.provide(
          Layer.merge(app({ store, database, access, services }), announced),
          httpServer(port, access.host),
        ),
      )
    }),
  ).pipe(Effect.mapError(({ message }) => ledgerError(message)))

/** The rejected records of a file, and their number, a line each. */
const reportLines = ({ name, rejects, rejected }: FileReport): ReadonlyArray<string> => {
  if (rejected === 0) return []
  const lines = rejects.flatMap(reject => rejectLines(name, reject))
  const count = rejected === 1 ? 'One record' : `${rejected} records`
  return [[...lines, `${escapeUnprintable(name)}: ${count} rejected. The others are imported.`].join('\n')]
}
