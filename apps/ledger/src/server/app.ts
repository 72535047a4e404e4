import { fileURLToPath } from 'node:url'
import * as Effect from 'effect/Effect'
import * as HttpRouter from 'effect/http/HttpRouter'
import * as HttpServer from 'effect/http/HttpServer'
import * as HttpStaticServer from 'effect/http/HttpStaticServer'
import * as Layer from 'effect/Layer'
import type { Ledger } from './Ledger.ts'
import { secure } from './secure.ts'
import { routes } from './routes.ts'

/** The folder of the built page. */
export const page = fileURLToPath(new URL('../../dist/page', import.meta.url))

/** The API and the page over the runs of a ledger, for any server. */
export const app = (ledger: Ledger, root: string = page) =>
  Layer.unwrap(
    Effect.map(
      HttpRouter.toHttpEffect(Layer.mergeAll(routes(ledger), Layer.orDie(HttpStaticServer.layer({ root })))),
      app => HttpServer.serve(secure(app)),
    ),
  )
