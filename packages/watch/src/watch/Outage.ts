import { randomBytes } from 'node:crypto'
import type { Store, StoreError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Latch from 'effect/Latch'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { type DatabaseError, toStoreError } from './toStoreError.ts'
import type { WatchChange } from './WatchChange.ts'

/** Outages of a database: it is gone, locked, or its disk is full. Polls wait meanwhile. */
export interface Outage {
  /** Waits for the end of an outage. */
  readonly over: Effect.Effect<void>
  /** Begins an outage by its error, unless there is one. */
  readonly begin: (error: DatabaseError) => Effect.Effect<void>
  /** Ends an outage as soon as the database can be written. */
  readonly end: Effect.Effect<never>
}

export const makeOutage = (
  { sql, subject }: Pick<Store, 'sql' | 'subject'>,
  publish: (change: WatchChange) => Effect.Effect<unknown>,
): Outage => {
  const isOver = Latch.makeUnsafe(true)
  const hasBegun = Latch.makeUnsafe(false)
  const explain = toStoreError({ subject })
  const write = Effect.andThen(writeRoom(sql), removeRoom(sql))
  const begin = (error: DatabaseError) =>
    Effect.suspend(() => {
      if (!isOver.isOpen()) return Effect.void
      isOver.closeUnsafe()
      hasBegun.openUnsafe()
      const { message }: StoreError = explain(error)
      return Effect.asVoid(publish({ _tag: 'DatabaseFault', message }))
    })
  const end = Effect.gen(function* () {
    yield* hasBegun.await
    yield* Effect.sleep('1 second')
    const written = yield* Effect.exit(write)
    if (written._tag === 'Failure') return
    hasBegun.closeUnsafe()
    isOver.openUnsafe()
    yield* publish({ _tag: 'DatabaseBack', subject })
  })
  return { over: isOver.await, begin, end: Effect.forever(end) }
}

/** The name of a fact that is written to see whether there is room, and removed. */
const room = 'room'

/** A full disk still takes small writes, between others: as much as a poll may write has to fit. */
const writeRoom = (sql: SqlClient.SqlClient): Effect.Effect<unknown, SqlError> =>
  Effect.suspend(() => {
    // random: a database may compress a text
    const value = randomBytes(roomBytes).toString('base64')
    return sql`insert into facts ${sql.insert({ name: room, value })}
      on conflict (name) do update set value = excluded.value`
  })

const roomBytes = 1 << 20

const removeRoom = (sql: SqlClient.SqlClient): Effect.Effect<unknown, SqlError> =>
  sql`delete from facts where name = ${room}`
