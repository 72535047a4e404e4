import { decode, escapeUnprintable } from '@finetune-kit/codec'
import type { Store } from '@finetune-kit/store'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as t from 'io-ts'
import { ImportStatus } from '../../api/imports.ts'

/** The reason why an import has not come to its end. */
const stopped =
  'The server was stopped meanwhile. What was imported until then is kept: import the file again for the rest.'

const fact = 'stopped imports'

const Statuses = t.readonlyArray(ImportStatus)

/** Says which imports the end of a server stops, and keeps them for the list of the next one. */
export const keepStopped = ({ sql }: Store, imports: ReadonlyArray<ImportStatus>): Effect.Effect<void> =>
  Effect.gen(function* () {
    if (imports.length === 0) return
    for (const { name } of imports) yield* Console.error(`${escapeUnprintable(name)}: ${stopped}`)
    const ended_at = Date.now() / 1000
    const value = JSON.stringify(
      imports.map(one => Object.assign({}, one, { state: 'failed', message: stopped, ended_at })),
    )
    yield* sql`insert into facts ${sql.insert({ name: fact, value })}
      on conflict (name) do update set value = excluded.value`
  }).pipe(Effect.ignore)

/** Takes the imports that the end of another server stopped, the oldest first. */
export const takeStopped = ({ sql }: Store): Effect.Effect<ReadonlyArray<ImportStatus>> =>
  sql<{ readonly value: string }>`delete from facts where name = ${fact} returning value`.pipe(
    Effect.flatMap(([row]) => Effect.try(() => JSON.parse(row?.value ?? '[]') as unknown)),
    Effect.map(value => {
      const decoded = decode(Statuses)(value)
      return decoded._tag === 'Right' ? decoded.right : []
    }),
    Effect.orElseSucceed(() => []),
  )
