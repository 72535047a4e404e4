import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Dialect, isTerminalStatus } from '@finetune-kit/model'
import { seeded } from '@finetune-kit/model/testing'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import { failure } from './Answer.ts'
import { answerRequest, presentState } from './answerRequest.ts'
import { type Fault, passingFaults, send } from './Fault.ts'
import { type Life, type LifeOptions, playLives } from './Life.ts'

export interface FakeServiceOptions extends Omit<LifeOptions, 'startsAt' | 'isAzure'> {
  /** When the first run is created, in Unix seconds. Default: now. */
  readonly startsAt?: number
  /** Returns the time in Unix seconds. Default: `startsAt`, and from there as fast as `speed`. */
  readonly clock?: () => number
  /** Seconds of the service in one real second. Default: 1. */
  readonly speed?: number
  /** Paths, headers, order and pages as these services have them. Default: openai. */
  readonly dialect?: Dialect
  /** The key that clients have to send. Default: `sk-fake`. */
  readonly key?: string
  readonly faults?: FaultOptions
}

export interface FaultOptions {
  /** The share of requests whose answer is spoiled. Default: 0. */
  readonly rate?: number
  /** Default: {@link passingFaults}. */
  readonly kinds?: ReadonlyArray<Fault>
  /** The share of later pages that are answered with the first page. Default: 0. */
  readonly repeatedPages?: number
}

/** A running service on loopback. */
export interface FakeService {
  readonly baseUrl: string
  readonly key: string
  readonly lives: ReadonlyArray<Life>
  /** Number of requests so far. */
  readonly requests: () => number
  /** Spoils the next answers whose path matches. */
  readonly inject: (fault: Fault, options?: { readonly times?: number; readonly path?: RegExp }) => void
}

/** Serves simulated runs over HTTP until the scope closes. */
export const make = (options: FakeServiceOptions = {}): Effect.Effect<FakeService, never, Scope.Scope> =>
  Effect.gen(function* () {
    const {
      startsAt = Math.floor(Date.now() / 1000),
      speed = 1,
      dialect = 'openai',
      key = 'sk-fake',
    } = options
    const opened = Date.now()
    const now = options.clock ?? (() => startsAt + ((Date.now() - opened) / 1000) * speed)
    const lives = playLives({ ...options, startsAt, isAzure: dialect === 'azure' })
    const faults = faultsOf(options)
    let requests = 0
    const serve = (request: IncomingMessage, response: ServerResponse): void => {
      requests++
      const url = new URL(request.url ?? '/', 'http://loopback')
      const path = pathBelowBase(url, dialect)
      const fault = faults.next(url)
      if (fault === 'repeated-page') url.searchParams.delete('after')
      const moment = { lives, now: now(), isCompatible: dialect === 'compatible' }
      const spoiled = { response, random: faults.random, now: new Date() }
      if (request.method !== 'GET') send(failure(405, 'This service only reads'), undefined, spoiled)
      else if (path === undefined) send(failure(404, `Invalid URL (GET ${url.pathname})`), fault, spoiled)
      else if (!isAuthorized(request, key))
        send(failure(401, 'Incorrect API key provided', 'invalid_api_key'), undefined, spoiled)
      else if (url.searchParams.get('stream') === 'true') streamEvents(lives, path, now, response)
      else send(answerRequest(path, url.searchParams, moment), fault, spoiled)
    }
    const server = yield* Effect.acquireRelease(listen(createServer(serve)), close)
    const { port } = server.address() as AddressInfo
    const base = dialect === 'azure' ? 'openai' : 'v1'
    return {
      baseUrl: `http://127.0.0.1:${port}/${base}`,
      key,
      lives,
      requests: () => requests,
      inject: faults.inject,
    }
  })

const listen = (server: Server): Effect.Effect<Server> =>
  Effect.callback(resume => {
    server.once('error', error => resume(Effect.die(error)))
    server.listen(0, '127.0.0.1', () => resume(Effect.succeed(server)))
  })

const close = (server: Server): Effect.Effect<void> =>
  Effect.callback(resume => {
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
  })

/** Azure has two forms of paths, and asks for a version in the older one. */
const pathBelowBase = ({ pathname, searchParams }: URL, dialect: Dialect): string | undefined => {
  const base = dialect === 'azure' ? /^\/openai\/(v1\/)?/ : /^\/(v1\/)/
  const found = base.exec(pathname)
  if (found === null) return undefined
  const needsVersion = dialect === 'azure' && found[1] === undefined
  return needsVersion && !searchParams.has('api-version') ? undefined : pathname.slice(found[0].length)
}

const isAuthorized = ({ headers }: IncomingMessage, key: string): boolean =>
  headers.authorization === `Bearer ${key}` || headers['api-key'] === key

const faultsOf = ({ seed = 1, faults = {} }: FakeServiceOptions) => {
  const random = seeded(seed)
  const { rate = 0, kinds = passingFaults, repeatedPages = 0 } = faults
  const injected: Array<{ readonly fault: Fault; readonly path: RegExp; left: number }> = []
  return {
    random,
    next: (url: URL): Fault | undefined => {
      const found = injected.find(({ path, left }) => left > 0 && path.test(url.pathname))
      if (found !== undefined) {
        found.left--
        return found.fault
      }
      if (random.chance(rate)) return kinds[random.int(0, kinds.length - 1)]
      return url.searchParams.has('after') && random.chance(repeatedPages) ? 'repeated-page' : undefined
    },
    inject: ((fault, { times = 1, path = /./ } = {}) =>
      void injected.push({ fault, path, left: times })) satisfies FakeService['inject'],
  }
}

const streamInterval = 50

/** Writes the events of a fine-tune as they come, and `[DONE]` after its end. */
const streamEvents = (
  lives: ReadonlyArray<Life>,
  path: string,
  now: () => number,
  response: ServerResponse,
): void => {
  const life = lives.find(({ id }) => path === `fine-tunes/${id}/events`)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  let sent = 0
  const timer = setInterval(() => {
    const written = life?.events.filter(event => event.created_at <= now()) ?? []
    for (const event of written.slice(sent)) response.write(`data: ${JSON.stringify(event)}\n\n`)
    sent = written.length
    if (life !== undefined && !isTerminalStatus(presentState(life, now()).status)) return
    clearInterval(timer)
    response.end('data: [DONE]\n\n')
  }, streamInterval)
  response.on('close', () => clearInterval(timer))
}
