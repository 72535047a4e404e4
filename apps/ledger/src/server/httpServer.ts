import { createServer, type Server } from 'node:http'
import * as NodeHttpServer from '@effect/platform-node/NodeHttpServer'
import * as Effect from 'effect/Effect'
import * as HttpServer from 'effect/http/HttpServer'
import * as Layer from 'effect/Layer'
import { ledgerError } from '../LedgerError.ts'
import { ownMachine } from './access.ts'
import { endStoppedBody } from './endStoppedBody.ts'
import { errorText, refuse } from './refuse.ts'

/** The milliseconds that a body may pause on its way. Default: two minutes. */
const defaultPatience = 120_000

/** A server at the address, Default: loopback, and at the port or at the next free one. */
export const httpServer = (port: number, host: string = ownMachine.host, patience = defaultPatience) =>
  Layer.merge(
    Layer.effect(
      HttpServer.HttpServer,
      firstFree(() => answering(patience), host, port),
    ),
    NodeHttpServer.layerHttpServices,
  )

const firstFree = (
  make: () => Server,
  host: string,
  port: number,
  last = Math.min(port + 100, 65535),
): ReturnType<typeof at> =>
  Effect.catch(at(make, host, port), error =>
    error.code === 'EADDRINUSE' && port < last ? firstFree(make, host, port + 1, last) : Effect.fail(error),
  )

const at = (make: () => Server, host: string, port: number) =>
  Effect.mapError(NodeHttpServer.make(make, { host, port, gracefulShutdownTimeout: 1000 }), ({ cause }) => {
    const { code, message } = cause as NodeJS.ErrnoException
    return {
      ...ledgerError(
        `${host}:${port}: the server cannot listen there: ${message}. Pass another --port or --host.`,
      ),
      code,
    }
  })

/** A server that answers also while it has no handler yet: Node would leave such a request waiting. */
export const answering = (patience = defaultPatience): Server => {
  const watchBody = endStoppedBody(patience)
  const server = createServer(options, (request, response) => {
    watchBody(request, response)
    if (server.listenerCount('request') > 1) return
    response.setHeader('retry-after', '1')
    refuse(response, 503, 'The server is starting. Repeat the request.')
  })
  server.on('checkContinue', (request, response) => {
    if (server.listenerCount('checkContinue') > 1) watchBody(request, response)
    else server.emit('request', request, response)
  })
  server.on('checkExpectation', (_, response) => refuse(response, 417, 'Expect: leave this header out.'))
  server.on('clientError', ({ code }: NodeJS.ErrnoException, socket) => {
    if (code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else socket.end(unreadable(code))
  })
  server.on('connect', (_, socket) => {
    socket.on('error', () => {})
    socket.end(unreadable('CONNECT'))
  })
  return server
}

const options = {
  // an upload may take longer than the five minutes that Node allows a request
  requestTimeout: 0,
  // without it, the limit of Node for the headers would be that of the request
  headersTimeout: 60_000,
  keepAliveTimeout: 65_000,
  // a request without it is answered by `secure`
  requireHostHeader: false,
}

/** The response to what Node gives no handler as a request, for which it would send no body. */
const unreadable = (code: string | undefined): string => {
  const [status, message] = unreadables[code ?? ''] ?? ['400 Bad Request', 'Not a request of HTTP/1.1.']
  const body = errorText(message)
  return `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
}

const unreadables: Readonly<Record<string, readonly [status: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The address and the headers are too long: at most 16 KiB are read.',
  ],
  CONNECT: ['405 Method Not Allowed', 'CONNECT: nothing here takes this method.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The headers took too long. Repeat the request.'],
}
