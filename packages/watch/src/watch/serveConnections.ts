import type * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import type { Connection } from './Connection.ts'

interface Serving<E> {
  readonly connections: Effect.Effect<ReadonlyArray<Connection>, E>
  readonly serves: (connection: Connection) => boolean
  /** Polls a connection until it is interrupted. */
  readonly work: (connection: number) => Effect.Effect<unknown>
  /** Hears that the connections cannot be read. */
  readonly failed: (error: E) => Effect.Effect<unknown>
  /** The pause between looks for connections that are new or gone. */
  readonly interval: Duration.Input
}

/** Works for each connection that this process serves, as long as the connection is there. */
export const serveConnections = <E>({
  connections,
  serves,
  work,
  failed,
  interval,
}: Serving<E>): Effect.Effect<never> =>
  Effect.scoped(
    Effect.gen(function* () {
      const workers = new Map<number, Fiber.Fiber<unknown>>()
      const look = Effect.gen(function* () {
        const served = new Set((yield* connections).filter(serves).map(({ connection }) => connection))
        for (const connection of served)
          if (!workers.has(connection)) workers.set(connection, yield* Effect.forkScoped(work(connection)))
        for (const [connection, fiber] of workers)
          if (!served.has(connection)) {
            workers.delete(connection)
            yield* Fiber.interrupt(fiber)
          }
      })
      // a database that is gone for a while is looked at again
      return yield* Effect.forever(Effect.andThen(Effect.catch(look, failed), Effect.sleep(interval)))
    }),
  )
