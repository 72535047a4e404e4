import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { escapeUnprintable } from '@finetune-kit/codec'
import type * as PgClient from '@effect/sql-pg/PgClient'
import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as Redacted from 'effect/Redacted'
import type * as Scope from 'effect/Scope'
import * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { retryTransactions } from './retryTransactions.ts'
import { type DatabaseName, fromSqlError, type StoreError, storeError } from './StoreError.ts'

/** The place of a store: an SQLite file, or a database of a PostgreSQL server. */
export interface DatabaseOptions {
  /** The path of an SQLite file, or `:memory:`. It is created when it is missing. */
  readonly db?: string | undefined
  /** A PostgreSQL URL. It counts when `db` is not given. */
  readonly databaseUrl?: string | undefined
  /**
   * True if nothing is written: an SQLite file is then read also where this user may not write.
   * Default: false.
   */
  readonly isReadOnly?: boolean | undefined
}

/** An open database: its client, and its name for messages. */
export interface Database extends DatabaseName {
  readonly sql: SqlClient.SqlClient
  /** The PostgreSQL client, where the database is one: it can listen. */
  readonly postgres: PgClient.PgClient | undefined
}

/** Opens the database for as long as the scope lives. */
export const openDatabase = (options: DatabaseOptions): Effect.Effect<Database, StoreError, Scope.Scope> => {
  const { db, databaseUrl, isReadOnly } = options
  if (db !== undefined) return openSqlite(db, isReadOnly)
  if (databaseUrl !== undefined) return openPostgres(databaseUrl)
  return Effect.fail(
    storeError('CannotOpen', 'No database: neither a file nor a URL is given. Pass --db FILE.'),
  )
}

const openSqlite = (file: string, isReadOnly: boolean | undefined) =>
  Effect.gen(function* () {
    const flaw = flawOf(file, isReadOnly)
    if (flaw !== undefined) yield* Effect.fail(flaw)
    const subject = escapeUnprintable(file)
    if (file !== ':memory:') yield* makeFolder(file)
    // each driver is loaded when it is needed: an older Node has no SQLite, and neither is small
    const tooOld = cannotOpen(
      `${subject}: the SQLite of this Node is missing or too old. Use Node 22.16 or newer, or PostgreSQL.`,
    )
    const { hasLog, isRecent, sqliteClient } = yield* Effect.tryPromise({
      try: () => import('./sqlite/sqliteClient.ts'),
      catch: () => tooOld,
    })
    if (!isRecent()) yield* Effect.fail(tooOld)
    const context = yield* Effect.mapError(
      built({ subject }, sqliteClient({ file, isReadOnly })),
      (error): StoreError =>
        isReadOnly && (error.kind === 'ReadOnly' || error.kind === 'CannotOpen') && hasLog(file)
          ? storeError(
              'ReadOnly',
              `${subject}: its last changes are in ${subject}-wal, which only a user reads who may write to the folder. Copy both files to a folder of yours and read the copy.`,
            )
          : error,
    )
    return { subject, sql: Context.get(context, SqlClient.SqlClient), postgres: undefined }
  })

const cannotOpen = (text: string): StoreError => storeError('CannotOpen', text)

/** The reason why a path names no database; undefined where SQLite may open it. */
const flawOf = (file: string, isReadOnly = false): StoreError | undefined => {
  // SQLite would keep the runs in a temporary file, and lose them
  if (file === '') return cannotOpen('--db: an empty name. Pass the path of a file.')
  // its password would become the name of a folder
  if (/^postgres(ql)?:/i.test(file))
    return cannotOpen(
      '--db: a PostgreSQL URL, not the path of a file. Put it into DATABASE_URL, and leave out --db.',
    )
  if (/^file:/i.test(file))
    return cannotOpen('--db: a file: URL, not the path of a file. Leave out the "file:".')
  if (file === ':memory:') return undefined
  const subject = escapeUnprintable(file)
  const found = statOf(file)
  if (found === 'hidden') return undefined // opening it says so
  if (found?.isDirectory() === true) return cannotOpen(`${subject}: is a folder. Pass a file.`)
  if (found?.isFile() === false) return cannotOpen(`${subject}: a pipe or a device. Pass the path of a file.`)
  const remedy = 'Pass the --db that runs were imported into.'
  if (isReadOnly && found === undefined) return cannotOpen(`${subject}: no such file. ${remedy}`)
  if (isReadOnly && found?.size === 0) return storeError('NotADatabase', `${subject}: empty. ${remedy}`)
  return undefined
}

const statOf = (file: string) => {
  try {
    return statSync(file, { throwIfNoEntry: false })
  } catch {
    return 'hidden' // its folder may not be read
  }
}

const makeFolder = (file: string): Effect.Effect<void, StoreError> =>
  Effect.try({
    try: () => makeFolders(dirname(file)),
    catch: error =>
      storeError(
        'CannotOpen',
        `${escapeUnprintable(file)}: its folder cannot be made (${(error as NodeJS.ErrnoException).code}). Pass --db with another file.`,
      ),
  })

/**
 * Makes a folder and those that it is to be in. Node's own way never ends where one cannot be made
 * in a folder that is there, as under /proc.
 */
const makeFolders = (folder: string): void => {
  if (isFolder(folder)) return
  const parent = dirname(folder)
  if (parent !== folder && statOf(parent) === undefined) makeFolders(parent)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // another process may have made it
    if (!isFolder(folder)) throw error
  }
}

const isFolder = (path: string): boolean => {
  const found = statOf(path)
  return found !== 'hidden' && found?.isDirectory() === true
}

/**
 * The most bytes of a message, of which a row is one: as many as a server sends. The driver's
 * default, 16 MiB, is less than a record may have, and so than one that was written.
 */
const maxMessageSize = 2 ** 30

const openPostgres = (text: string) =>
  Effect.gen(function* () {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol))
      return yield* Effect.fail(
        storeError(
          'CannotConnect',
          'DATABASE_URL: not a PostgreSQL URL. Write it as postgres://user:password@host:5432/database.',
        ),
      )
    const subject = `${url.protocol}//${url.host}${url.pathname}`
    const driver = yield* Effect.promise(() => import('@effect/sql-pg/PgClient'))
    const layer = driver.layer({
      url: Redacted.make(text),
      applicationName: 'finetune-kit',
      // the queue of polls has local times, and those of most zones go back an hour once a year
      startupParameters: { timezone: 'UTC' },
      maxMessageSize,
    })
    const context = yield* built({ subject }, layer)
    const postgres = retryTransactions(Context.get(context, driver.PgClient))
    yield* Effect.mapError(postgres`select 1`, fromSqlError({ subject }))
    return { subject, sql: postgres, postgres }
  })

const built = <A>(name: DatabaseName, layer: Layer.Layer<A, SqlError>) =>
  Effect.mapError(Layer.build(layer), fromSqlError(name))
