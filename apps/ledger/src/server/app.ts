import { fileURLToPath } from 'node:url'
import * as Effect from 'effect/Effect'
import * as HttpRouter from 'effect/http/HttpRouter'
import * as HttpServer from 'effect/http/HttpServer'
import * as HttpStaticServer from 'effect/http/HttpStaticServer'
import * as Layer from 'effect/Layer'
import type * as t from 'io-ts'
import type { RunArchive } from '@finetune-kit/archive'
import { secure } from './secure.ts'
import { routes } from './routes.ts'

/** The folder of the built page. */
export const page = fileURLToPath(new URL('../../dist/page', import.meta.url))

/** The ledger of an archive: its API and its page, for any server. */
export const app = <A>(codec: t.Type<A, unknown>, archive: RunArchive.RunArchive<A>, root: string = page) =>
  Layer.unwrap(
    Effect.map(
      HttpRouter.toHttpEffect(
        Layer.mergeAll(routes(codec, archive), Layer.orDie(HttpStaticServer.layer({ root }))),
      ),
      app => HttpServer.serve(secure(app)),
    ),
  )
