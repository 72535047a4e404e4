import { readFileSync } from 'node:fs'
import * as tls from 'node:tls'
import * as zlib from 'node:zlib'
import * as NodeHttpClient from '@effect/platform-node/NodeHttpClient'
import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import * as HttpClient from 'effect/http/HttpClient'
import * as Layer from 'effect/Layer'
import type * as Scope from 'effect/Scope'
import { type ServiceError, serviceError } from './ServiceError.ts'

/** An HTTP client that respects HTTPS_PROXY, HTTP_PROXY, NO_PROXY and SSL_CERT_FILE. */
export const transport = (): Effect.Effect<HttpClient.HttpClient, ServiceError, Scope.Scope> =>
  Effect.gen(function* () {
    // undici asks for it when it is loaded, and its exception would end the process
    if (!('createZstdDecompress' in zlib))
      return yield* Effect.fail(
        serviceError('BadOptions', 'HTTP client: this Node is too old for it. Use Node 22.19 or newer.'),
      )
    // the default export: a bundler cannot know the names that a CommonJS module exports again
    const { default: undici } = yield* Effect.promise(() => import('@effect/platform-node/Undici'))
    // Bun loads a module of its own by the name undici, whose agents make no requests
    if (!('request' in undici.EnvHttpProxyAgent.prototype))
      return yield* Effect.fail(
        serviceError(
          'BadOptions',
          'HTTP client: Bun has an undici of its own, which lacks agents. Use Node 22.19 or newer, or Deno.',
        ),
      )
    const authorities = yield* readAuthorities(process.env['SSL_CERT_FILE'])
    const dispatcher = yield* Effect.acquireRelease(
      openAgent(() => new undici.EnvHttpProxyAgent({ ...authorities, allowH2: false })),
      agent => Effect.promise(() => agent.destroy()),
    )
    const layer = NodeHttpClient.layerUndiciNoDispatcher.pipe(
      Layer.provide(Layer.succeed(NodeHttpClient.Dispatcher, dispatcher)),
    )
    return Context.get(yield* Layer.build(layer), HttpClient.HttpClient)
  })

/** undici reads the address of the proxy when it opens. */
const openAgent = <A>(open: () => A): Effect.Effect<A, ServiceError> =>
  Effect.try({
    try: open,
    catch: () =>
      serviceError(
        'BadOptions',
        'HTTPS_PROXY, HTTP_PROXY: not the address of a proxy. Write it as http://HOST:PORT.',
      ),
  })

/** The authorities of Node itself, those of NODE_EXTRA_CA_CERTS among them, and those of the file. */
const readAuthorities = (file: string | undefined) => {
  if (file === undefined || file === '') return Effect.succeed({})
  return Effect.try({
    try: () => {
      const ca = [...tls.getCACertificates('default'), readFileSync(file, 'utf8')]
      return { connect: { ca }, requestTls: { ca }, proxyTls: { ca } }
    },
    catch: error =>
      serviceError(
        'BadOptions',
        `SSL_CERT_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Name a file of certificates.`,
      ),
  })
}
