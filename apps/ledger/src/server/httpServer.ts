import { createServer } from 'node:http'
import * as NodeHttpServer from '@effect/platform-node/NodeHttpServer'
import * as Effect from 'effect/Effect'
import * as HttpServer from 'effect/http/HttpServer'
import * as Layer from 'effect/Layer'
import { ledgerError } from '../LedgerError.ts'

/** A server on loopback, at the port or at the next free one. */
export const httpServer = (port: number) =>
  Layer.merge(Layer.effect(HttpServer.HttpServer, firstFree(port)), NodeHttpServer.layerHttpServices)

const firstFree = (port: number, last = Math.min(port + 100, 65535)): ReturnType<typeof at> =>
  Effect.catch(at(port), error =>
    error.code === 'EADDRINUSE' && port < last ? firstFree(port + 1, last) : Effect.fail(error),
  )

const at = (port: number) =>
  Effect.mapError(
    // an upload may take longer than the five minutes that Node allows a request
    NodeHttpServer.make(() => createServer({ requestTimeout: 0 }), {
      host: '127.0.0.1',
      port,
      gracefulShutdownTimeout: 200,
    }),
    ({ cause }) => {
      const { code, message } = cause as NodeJS.ErrnoException
      return { ...ledgerError(`The server cannot listen on port ${port}: ${message}.`), code }
    },
  )
