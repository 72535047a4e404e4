import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Request from 'effect/Request'
import * as RequestResolver from 'effect/RequestResolver'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { type Repeat, repeatPoll } from './Poll.ts'

class RepeatRequest extends Request.TaggedClass('RepeatRequest')<
  { readonly repeat: Repeat },
  void,
  SqlError
> {}

/** Milliseconds in which polls without news are collected. */
const window = 5

/** Makes a poll without news due again, in one transaction with those of the same few milliseconds. */
export type RepeatPolls = (repeat: Repeat) => Effect.Effect<void, SqlError>

export const repeatPolls = (sql: SqlClient.SqlClient): RepeatPolls => {
  const resolver = RequestResolver.make<RepeatRequest>(entries => {
    const all = Effect.forEach(entries, ({ request }) => repeatPoll(sql, request.repeat), { discard: true })
    return Effect.map(entries.length === 1 ? all : sql.withTransaction(all), () => {
      for (const entry of entries) entry.completeUnsafe(Exit.void)
    })
  }).pipe(RequestResolver.setDelay(window))
  return repeat => Effect.request(new RepeatRequest({ repeat }), resolver)
}
