import { inputName } from '@finetune-kit/archive'
import { chosenDatabase, openStore, rejectLines, type Store } from '@finetune-kit/store'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as HttpServer from 'effect/http/HttpServer'
import * as Layer from 'effect/Layer'
import * as Scope from 'effect/Scope'
import { ledgerError } from '../LedgerError.ts'
import { accessOf } from './access.ts'
import { app } from './app.ts'
import { httpServer } from './httpServer.ts'
import { checkFile, type ImportProgress } from './imports/ImportJob.ts'
import * as Imports from './imports/Imports.ts'
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

/** Serves the database until it is interrupted, and imports the files meanwhile. */
export const serve = ({ files, db, port, open, apiKeyEnv, simulated, ...flags }: Options) =>
  Effect.scoped(
    Effect.gen(function* () {
      const scope = yield* Scope.Scope
      const access = yield* accessOf(flags)
      const given = yield* servicesOf(apiKeyEnv)
      const database = chosenDatabase(db)
      yield* Effect.forEach(files, checkFile)
      const store = yield* openStore({ ...database, onRefresh: Console.error })
      const imports = yield* Imports.make(store, database)
      const services = simulated ? yield* simulatedServices(given) : given
      const total = yield* store.count({ hidden: 'with' })
      const announced = Layer.effectDiscard(
        HttpServer.addressFormattedWith(address =>
          Effect.gen(function* () {
            yield* Console.log(
              `The ledger of ${total} ${total === 1 ? 'run' : 'runs'} is at ${address}. Press Ctrl-C to stop it.`,
            )
            if (open) yield* openBrowser(address)
            if (files.length > 0) yield* Effect.forkIn(importFiles(store, imports, files), scope)
          }),
        ),
      )
      const served = yield* app({ store, database, imports, access, services })
      return yield* Layer.launch(
        announced.pipe(Layer.provide(served), Layer.provide(httpServer(port, access.host))),
      )
    }),
  ).pipe(Effect.mapError(({ message }) => ledgerError(message)))

/** Imports files one after the other, and prints what was rejected. One that fails stops no other. */
const importFiles = (store: Store, imports: Imports.Imports, files: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    for (const path of files) {
      const lines = yield* Effect.match(imports.importFile(path), {
        onSuccess: report => (report === undefined ? [] : reportLines(inputName(path), report)),
        onFailure: ({ message }) => [message],
      })
      for (const line of lines) yield* Console.error(line)
      if (yield* imports.isStopping) return
    }
    const total = yield* store.count({ hidden: 'with' })
    yield* Console.log(`Imports are done: the ledger has ${total} ${total === 1 ? 'run' : 'runs'}.`)
  }).pipe(Effect.catch(({ message }) => Console.error(message)))

/** The rejected records of a file, and their number, a line each. */
const reportLines = (name: string, report: ImportProgress): ReadonlyArray<string> => {
  const { records, rejects, rejected } = report
  if (records === 0) return [`${name}: no records.`]
  if (rejected === 0) return []
  const lines = rejects.flatMap(reject => rejectLines(name, reject))
  const count = rejected === 1 ? 'One record' : `${rejected} records`
  const rest = rejected < records ? ' The others are imported.' : ''
  return [[...lines, `${name}: ${count} rejected.${rest}`].join('\n')]
}
