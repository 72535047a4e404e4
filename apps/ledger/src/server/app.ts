import { fileURLToPath } from 'node:url'
import type { DatabaseOptions, Store } from '@finetune-kit/store'
import * as NodeHttpServer from '@effect/platform-node/NodeHttpServer'
import * as Effect from 'effect/Effect'
import * as ByteSize from 'effect/ByteSize'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import * as OpenApi from 'effect/http-api/OpenApi'
import * as HttpIncomingMessage from 'effect/http/HttpIncomingMessage'
import * as HttpMiddleware from 'effect/http/HttpMiddleware'
import * as HttpRouter from 'effect/http/HttpRouter'
import * as HttpServer from 'effect/http/HttpServer'
import * as Layer from 'effect/Layer'
import { api } from '../api/definition/api.ts'
import type { Access } from './access.ts'
import { errorResponse } from './ApiError.ts'
import { withEtag } from './etag.ts'
import { changeHandlers } from './handlers/changes.ts'
import { compareHandlers } from './handlers/compare.ts'
import { connectionHandlers } from './handlers/connections.ts'
import { exportHandlers } from './handlers/export.ts'
import { healthHandlers } from './handlers/health.ts'
import { importHandlers } from './handlers/imports.ts'
import { reportHandlers } from './handlers/report.ts'
import { runHandlers } from './handlers/runs.ts'
import { watchHandlers } from './handlers/watches.ts'
import * as Imports from './imports/Imports.ts'
import * as LiveChanges from './LiveChanges.ts'
import { pageFiles } from './pageFiles.ts'
import { requestErrors } from './requestErrors.ts'
import { withResponseCache } from './responseCache.ts'
import * as RunReader from './RunReader.ts'
import { secure } from './secure.ts'
import { takeTurns } from './takeTurns.ts'
import { type Services, noServices } from './watching/Services.ts'
import * as Watching from './watching/Watching.ts'
import { version } from './version.ts'

/** The folder of the built page. */
export const page = fileURLToPath(new URL('../../dist/page', import.meta.url))

/** The longest key of a run: an id of 256 characters, each escaped, in base64. */
const maxKeyLength = 4096

/** The most bytes of a body of JSON. An upload has no limit. */
const maxBody = ByteSize.kibibytes(64)

/** The facts that an app is made of. */
export interface AppOptions {
  readonly store: Store
  /** The database of the store, which imports open in processes of their own. */
  readonly database: DatabaseOptions
  /** The imports of the server. Default: new ones. */
  readonly imports?: Imports.Imports
  /** Default: this machine alone. */
  readonly access?: Access
  /** The services that may be watched. Default: none. */
  readonly services?: Services
}

/**
 * The API and the page over a store, for any server. Run it before the server listens: a request to
 * a server without a handler is never answered.
 */
export const app = ({ store, database, access, services = noServices, ...given }: AppOptions) =>
  Effect.gen(function* () {
    const imports = given.imports ?? (yield* Imports.make(store, database))
    const live = yield* LiveChanges.make(store)
    const watching = yield* Watching.make(store, services)
    const handlers = Layer.mergeAll(
      runHandlers(store, yield* RunReader.make(store)),
      compareHandlers(store),
      reportHandlers(store),
      changeHandlers(live, watching),
      importHandlers(imports),
      exportHandlers(store),
      connectionHandlers(watching),
      watchHandlers(watching),
      healthHandlers(store),
    )
    const routes = Layer.mergeAll(
      HttpApiBuilder.layer(api.annotate(OpenApi.Version, version), { openapiPath: '/openapi.json' }).pipe(
        Layer.provide(handlers),
        Layer.provide(requestErrors),
      ),
      HttpRouter.add(
        'GET',
        '/api/*',
        Effect.succeed(
          errorResponse({ status: 404, message: 'No such endpoint. They are listed at /openapi.json.' }),
        ),
      ),
      pageFiles(page),
    )
    const handled = HttpRouter.toHttpEffect(routes)
    const routed = yield* Effect.provideService(handled, HttpRouter.RouterConfig, {
      maxParamLength: maxKeyLength,
    })
    const limited = Effect.provideService(routed, HttpIncomingMessage.MaxBodySize, maxBody)
    const cached = yield* withResponseCache(store)(limited)
    const served = HttpServer.serve(yield* takeTurns(secure(compressed(withEtag(cached)), access)))
    // ended first: what is on its way is answered before the server ends
    const stopping = Layer.effectDiscard(Effect.addFinalizer(() => imports.refuseUploads))
    return Layer.provide(stopping, served)
  }).pipe(Effect.provide(NodeHttpServer.layerHttpServices))

/** Texts are compressed; an event of a stream is to arrive at once. */
const compressed = HttpMiddleware.compression({
  compressible: type => /^(text\/(?!event-stream)|application\/(json|javascript)|image\/svg)/.test(type),
})
