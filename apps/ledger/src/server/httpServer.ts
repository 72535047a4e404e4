import { createServer, type Server } from 'node:http'
import * as NodeHttpServer from '@effect/platform-node/NodeHttpServer'
import * as Effect from 'effect/Effect'
import * as HttpServer from 'effect/http/HttpServer'
import * as Layer from 'effect/Layer'
import { ledgerError } from '../LedgerError.ts'
import { ownMachine } from './access.ts'

/** A server at the address, Default: loopback, and at the port or at the next free one. */
export const httpServer = (port: number, host: string = ownMachine.host) =>
  Layer.merge(Layer.effect(HttpServer.HttpServer, firstFree(host, port)), NodeHttpServer.layerHttpServices)

const firstFree = (host: string, port: number, last = Math.min(port + 100, 65535)): ReturnType<typeof at> =>
  Effect.catch(at(host, port), error =>
    error.code === 'EADDRINUSE' && port < last ? firstFree(host, port + 1, last) : Effect.fail(error),
  )

const at = (host: string, port: number) =>
  Effect.mapError(
    NodeHttpServer.make(answering, { host, port, gracefulShutdownTimeout: 1000 }),
    ({ cause }) => {
      const { code, message } = cause as NodeJS.ErrnoException
      return {
        ...ledgerError(
          `${host}:${port}: the server cannot listen there: ${message}. Pass another --port or --host.`,
        ),
        code,
      }
    },
  )

/** A server that answers also while it has no handler yet: Node would leave such a request waiting. */
const answering = (): Server => {
  // an upload may take longer than the five minutes that Node allows a request
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000 }, (_, response) => {
    if (server.listenerCount('request') > 1) return
    response.writeHead(503, { 'retry-after': '1', 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message: 'The server is starting. Repeat the request.' } }))
  })
  return server
}
