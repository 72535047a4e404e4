import type * as Effect from 'effect/Effect'
import type * as PersistedQueue from 'effect/persistence/PersistedQueue'
import * as Schema from 'effect/Schema'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'

/** The table of the queues. */
export const table = 'finetune_kit_polls'

/** The name of the queue of a connection. */
export const queueName = (connection: number): string => `polls:${connection}`

/**
 * One poll of a watch. Polls without news are counted by `quiet` and write nothing to the watch;
 * every other one writes the number of the next, `n`.
 */
export const Poll = Schema.Struct({ watch: Schema.Number, n: Schema.Number, quiet: Schema.Number })
export type Poll = typeof Poll.Type

/** Seconds until the next poll, at most. */
const maxDelay = 600

const wholeSeconds = (delay: number): number => Math.min(Math.round(delay), maxDelay)

const idOf = ({ watch, n, quiet }: Poll): string => `${watch}:${n}:${quiet}`

/**
 * Offers a poll. Delays are whole seconds; those below half a second are none. Longer ones end
 * early, and the poll waits again: so one that is due much later was offered before the clock was
 * set back.
 */
export const offerPoll = (queue: PersistedQueue.PersistedQueue<Poll>, poll: Poll, delay: number) =>
  queue.offer(poll, { id: idOf(poll), delay: wholeSeconds(delay) * 1000 })

/** A poll that a queue has handed out. `attempts`: how often it was, this time included. */
export interface TakenPoll {
  readonly poll: Poll
  readonly attempts: number
}

/** A poll without news that is due again after `delay` seconds. */
export interface Repeat extends TakenPoll {
  readonly connection: number
  readonly delay: number
}

/**
 * Makes a poll without news due again. Its own row becomes the next poll: to offer another and to
 * complete this one would be two writes. Does nothing if another process has taken it meanwhile.
 */
export const repeatPoll = (
  sql: SqlClient.SqlClient,
  { connection, poll, attempts, delay }: Repeat,
): Effect.Effect<unknown, SqlError> => {
  const next = { ...poll, quiet: poll.quiet + 1 }
  const seconds = wholeSeconds(delay)
  const visibleAt = sql.onDialectOrElse({
    pg: () => sql`current_timestamp + interval '1 second' * ${seconds}`,
    // the clock of SQLite drops the fraction of a second
    orElse: () => sql`datetime(current_timestamp, ${`${seconds === 0 ? 0 : seconds + 1} seconds`})`,
  })
  // a new number, by which `lastOffer` sees the poll
  const sequence = sql.onDialectOrElse({
    pg: () => sql`nextval(pg_get_serial_sequence(${table}, 'sequence'))`,
    orElse: () => sql`(select max(sequence) + 1 from ${sql(table)})`,
  })
  return sql`update ${sql(table)} set sequence = ${sequence}, id = ${idOf(next)},
    element = ${JSON.stringify(next)}, attempts = 0, last_failure = null, visible_at = ${visibleAt},
    updated_at = current_timestamp, acquired_at = null, acquired_by = null
    where id = ${idOf(poll)} and queue_name = ${queueName(connection)} and state = 'pending'
    and attempts = ${attempts}`
}

/** Makes polls at once that are due later than any poll may be: the clock was set back. */
export const hastenPolls = (
  sql: SqlClient.SqlClient,
  connection: number,
): Effect.Effect<unknown, SqlError> => {
  const latest = sql.onDialectOrElse({
    pg: () => sql`now() + interval '${sql.literal(String(2 * maxDelay))} seconds'`,
    orElse: () => sql`datetime(current_timestamp, '${sql.literal(String(2 * maxDelay))} seconds')`,
  })
  return sql`update ${sql(table)} set visible_at = current_timestamp
    where queue_name = ${queueName(connection)} and state = 'pending' and visible_at > ${latest}`
}
