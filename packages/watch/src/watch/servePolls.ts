import * as Cause from 'effect/Cause'
import type * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import { type Connection, listConnections } from './Connection.ts'
import type { Outage } from './Outage.ts'
import { hastenPolls } from './Poll.ts'
import type { PollQueues } from './pollQueues.ts'
import { type PollContext, pollWatch } from './pollWatch.ts'
import { serveConnections } from './serveConnections.ts'

interface Serving {
  readonly context: Omit<PollContext, 'queue'>
  readonly outage: Outage
  readonly queueOf: PollQueues
  readonly serves: (connection: Connection) => boolean
  /** Polls of a connection at a time. */
  readonly concurrency: number
  readonly interval: Duration.Input
}

/** The pause between looks for polls that wait because the clock was set back. */
const hastenInterval = '10 seconds'

/** Makes the polls that are due, of each connection by workers of its own. */
export const servePolls = ({ context, outage, queueOf, serves, concurrency, interval }: Serving) => {
  const { sql } = context.store
  const worker = (connection: number) => {
    const queue = queueOf(connection)
    const make = pollWatch({ ...context, queue })
    const take = queue.take((poll, { attempts }) => make({ poll, attempts }))
    return Effect.forever(
      Effect.andThen(outage.over, take).pipe(
        // the database is gone, or its disk is full: the queue has the poll
        Effect.catchCause(cause =>
          Cause.hasInterruptsOnly(cause) ? Effect.interrupt : Effect.sleep('1 second'),
        ),
      ),
    )
  }
  // the queue tells nobody that it cannot take a poll from a locked database: this write finds out
  const hasten = (connection: number) =>
    Effect.forever(
      Effect.andThen(Effect.catch(hastenPolls(sql, connection), outage.begin), Effect.sleep(hastenInterval)),
    )
  const work = (connection: number) =>
    Effect.all([hasten(connection), ...Array.from({ length: concurrency }, () => worker(connection))], {
      concurrency: 'unbounded',
      discard: true,
    })
  const connections = listConnections(sql)
  return Effect.raceFirst(
    outage.end,
    serveConnections({ connections, serves, work, failed: outage.begin, interval }),
  )
}
