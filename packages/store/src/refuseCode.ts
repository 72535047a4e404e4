import { escapeUnprintable } from '@finetune-kit/codec'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import { type DatabaseName, fromSqlError, type StoreError, storeError } from './StoreError.ts'

/**
 * Refuses an SQLite file with a trigger, or with a view in the place of a table: a query would run
 * what the author of the file wrote, perhaps without end, and nothing could stop it. Other views
 * are never read, and nothing of a file of another program, which is refused as one.
 */
export const refuseCode = ({
  sql,
  subject,
}: DatabaseName & { readonly sql: SqlClient.SqlClient }): Effect.Effect<void, StoreError> =>
  sql.onDialectOrElse({
    // who may make these on a server may do more than that
    pg: () => Effect.void,
    orElse: () =>
      sql<{ readonly type: string; readonly name: string }>`select type, name from sqlite_schema
        where (type = 'trigger' or (type = 'view' and lower(name) in ${sql.in(tables)}))
          and (exists (select 1 from sqlite_schema where lower(name) = 'finetune_kit_migrations')
            or not exists (select 1 from sqlite_schema where type = 'table' and name not like 'sqlite_%'))`.pipe(
        Effect.mapError(fromSqlError({ subject })),
        Effect.flatMap(([found]) =>
          found === undefined ? Effect.void : Effect.fail(refusal(subject, found)),
        ),
      ),
  })

/** Every table, those of the watches and their polls among them. */
const tables: ReadonlyArray<string> = [
  'finetune_kit_migrations',
  'runs',
  'searches',
  'records',
  'entries',
  'items',
  'names',
  'deletions',
  'imports',
  'facts',
  'connections',
  'watches',
  'finetune_kit_polls',
]

const refusal = (subject: string, { type, name }: { readonly type: string; readonly name: string }) =>
  storeError(
    'NotADatabase',
    `${escapeUnprintable(subject)}: it has a ${type} ${escapeUnprintable(JSON.stringify(name), 80)}, which finetune-kit does not make and does not run. Drop it, or pass --db with another file; nothing was changed.`,
  )
