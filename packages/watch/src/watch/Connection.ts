import type { Dialect } from '@finetune-kit/model'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import * as Effect from 'effect/Effect'

/** A service that is watched. Of its key only the name of the environment variable is kept. */
export interface Connection {
  readonly connection: number
  readonly baseUrl: string
  readonly dialect: Dialect
  /** The version of the older paths of Azure. */
  readonly apiVersion: string | undefined
  readonly keyName: string
  /** The service is not asked before this time, in milliseconds since 1970. */
  readonly notBefore: number
}

/** A service to watch, and the name of the variable that holds its key. */
export type NewConnection = Pick<Connection, 'baseUrl' | 'dialect' | 'apiVersion' | 'keyName'>

/** The columns of a connection. */
export interface ConnectionRow {
  readonly connection: number | bigint
  readonly base_url: string
  readonly dialect: string
  readonly api_version: string
  readonly key_name: string
  readonly not_before: number | bigint
}

export const fromConnectionRow = (row: ConnectionRow): Connection => ({
  connection: Number(row.connection),
  baseUrl: row.base_url,
  dialect: row.dialect as Dialect,
  apiVersion: row.api_version === '' ? undefined : row.api_version,
  keyName: row.key_name,
  notBefore: Number(row.not_before),
})

/** Adds a connection, or returns the one with this address and variable. */
export const addConnection =
  (sql: SqlClient.SqlClient) =>
  (
    { baseUrl, dialect, apiVersion, keyName }: NewConnection,
    now: number,
  ): Effect.Effect<Connection, SqlError> =>
    Effect.map(
      sql<ConnectionRow>`insert into connections ${sql.insert({
        base_url: baseUrl,
        dialect,
        api_version: apiVersion ?? '',
        key_name: keyName,
        created_at: now,
      })} on conflict (base_url, key_name) do update set
        dialect = excluded.dialect, api_version = excluded.api_version returning *`,
      ([row]) => fromConnectionRow(row as ConnectionRow),
    )

export const listConnections = (
  sql: SqlClient.SqlClient,
): Effect.Effect<ReadonlyArray<Connection>, SqlError> =>
  Effect.map(sql<ConnectionRow>`select * from connections order by connection`, rows =>
    rows.map(fromConnectionRow),
  )

/** Keeps the time before which a service does not want to be asked. */
export const postpone =
  (sql: SqlClient.SqlClient) =>
  (connection: number, notBefore: number): Effect.Effect<unknown, SqlError> =>
    sql`update connections set not_before = ${notBefore}
      where connection = ${connection} and not_before < ${notBefore}`

/** Removes a connection with its watches; what is stored of its runs stays. False if there is none. */
export const removeConnection =
  (sql: SqlClient.SqlClient) =>
  (connection: number): Effect.Effect<boolean, SqlError> =>
    sql.withTransaction(
      Effect.map(
        sql`delete from connections where connection = ${connection} returning connection`,
        rows => rows.length > 0,
      ),
    )
