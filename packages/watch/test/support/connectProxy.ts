import { createServer, get } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'

/** A proxy on loopback: its address, and the hosts that clients asked it for. */
export interface ConnectProxy {
  readonly url: string
  readonly asked: ReadonlyArray<string>
}

/**
 * Opens a proxy that tunnels by CONNECT, and passes requests without TLS on. It refuses to tunnel
 * with a status, where one is passed.
 */
export const connectProxy = (refuses?: string): Effect.Effect<ConnectProxy, never, Scope.Scope> =>
  Effect.gen(function* () {
    const asked: Array<string> = []
    const sockets = new Set<Socket>()
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '')
      asked.push(url.host)
      get(url, { headers: request.headers, agent: false }, answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
    }).on('connect', (request, client: Socket) => {
      sockets.add(client.on('error', () => undefined))
      asked.push(request.url ?? '')
      if (refuses !== undefined) return void client.end(`HTTP/1.1 ${refuses}\r\n\r\n`)
      const [host = '', port] = (request.url ?? '').split(':')
      const target = connect(Number(port), host, () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        target.pipe(client).pipe(target)
      })
      sockets.add(target.on('error', () => client.destroy()))
      return undefined
    })
    yield* Effect.acquireRelease(
      Effect.callback<void>(resume => {
        server.listen(0, '127.0.0.1', () => resume(Effect.void))
      }),
      () =>
        Effect.sync(() => {
          server.close()
          for (const socket of sockets) socket.destroy()
        }),
    )
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
  })
