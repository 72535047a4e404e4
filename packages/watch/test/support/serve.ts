import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'

/** Serves with a handler on loopback and returns the origin. */
export const serve = (
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Effect.Effect<string, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.callback<Server>(resume => {
        const server = createServer(handler)
        server.listen(0, '127.0.0.1', () => resume(Effect.succeed(server)))
      }),
      server =>
        Effect.sync(() => {
          server.close()
          server.closeAllConnections()
        }),
    ),
    server => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  )

/** Answers with JSON by path and query; a function is called for each request. */
export const serveJson = (answer: (url: URL, request: IncomingMessage) => unknown) =>
  serve((request, response) => {
    const value = answer(new URL(request.url ?? '/', 'http://loopback'), request)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  })
