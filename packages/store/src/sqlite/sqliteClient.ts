import { accessSync, constants, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as Reactivity from 'effect/reactivity/Reactivity'
import * as Semaphore from 'effect/Semaphore'
import * as SqlClient from 'effect/sql/SqlClient'
import type { Connection } from 'effect/sql/SqlConnection'
import { classifySqliteError, SqlError } from 'effect/sql/SqlError'
import * as Statement from 'effect/sql/Statement'
import * as Stream from 'effect/Stream'
import { type PlaceCheck, placeCheck } from './placeCheck.ts'
import { blockingWait, waitForLock, waitToBegin } from './waitForLock.ts'

/** A connection that knows whether a transaction is open. */
interface SqliteConnection extends Connection {
  readonly isTransaction: () => boolean
}

export interface SqliteOptions {
  /** The path of the database, or `:memory:`. */
  readonly file: string
  /** Milliseconds that a statement waits for another process's lock, about. Default: 5000. */
  readonly busyTimeout?: number
  /**
   * True if nothing is written: a file is then read also in a folder that this user may not write
   * to.
   */
  readonly isReadOnly?: boolean | undefined
}

/**
 * A `SqlClient` on Node's own SQLite: write-ahead log, `synchronous = FULL`, and transactions that
 * take the write lock when they begin, so that two writers wait and neither fails.
 */
export const sqliteClient = (options: SqliteOptions): Layer.Layer<SqlClient.SqlClient, SqlError> =>
  Layer.effect(SqlClient.SqlClient, make(options)).pipe(Layer.provide(Reactivity.layer))

const make = Effect.fnUntraced(function* ({ file, busyTimeout = 5000, isReadOnly = false }: SqliteOptions) {
  const { opened, checkPlace } = yield* Effect.acquireRelease(
    attempt('connect', () => {
      const opened = (isReadOnly ? openToRead : open)(file, busyTimeout)
      opened.exec(`PRAGMA busy_timeout = ${blockingWait}`)
      return { opened, checkPlace: placeCheck(file, opened) }
    }),
    ({ opened, checkPlace }) =>
      Effect.sync(() => {
        try {
          checkPlace(true)
        } catch {
          // told already, or too late to tell
        }
        opened.close()
      }),
  )
  const connection = connectionOf(opened, checkPlace)
  const semaphore = yield* Semaphore.make(1)
  const acquirers = SqlClient.makeSqliteAcquirers({
    connection: Effect.succeed(connection),
    semaphore,
    isTransaction: conn => conn.isTransaction(),
  })
  const wait = waitForLock(busyTimeout)
  const client = yield* SqlClient.make({
    ...acquirers,
    borrower: use => wait(acquirers.borrower(use)),
    compiler,
    driver: 'node-sqlite',
    spanAttributes: [['db.system.name', 'sqlite']],
    beginTransaction,
    prepareTransactionControls: true,
  })
  return waitToBegin(client, busyTimeout)
})

const whole = Statement.makeCompilerSqlite()

/**
 * Takes the text and the parameters of `unsafe` as they are. The compiler of effect copies them and
 * keeps the copy in a WeakMap, whose values a collection of young memory takes for alive.
 */
const compiler: Statement.Compiler = {
  dialect: whole.dialect,
  compile: (statement, withoutTransform) => {
    const [first, second] = statement.segments
    return first?._tag === 'Literal' && second === undefined
      ? [first.value, first.params ?? []]
      : whole.compile(statement, withoutTransform)
  },
  get withoutTransform() {
    return compiler
  },
}

/**
 * Opens a file to read it. SQLite reads a write-ahead log by files that it makes in the folder and
 * that a reader cannot remove: who owns the database could not write to them. Where there is no log
 * and the file cannot be written to, or none can be made, it is read as one that nobody changes.
 */
const openToRead = (file: string, timeout: number): DatabaseSync => {
  if (sizeOf(file) && !isWritable(file) && sizeOf(`${file}-wal`) === undefined)
    return openUnchanging(file, timeout)
  try {
    return open(file, timeout)
  } catch (error) {
    const { errcode } = error as { readonly errcode?: number }
    const isHeld = errcode === cannotOpen || (errcode ?? 0) % 256 === readOnly
    if (!isHeld || !sizeOf(file) || hasLog(file)) throw error
    return openUnchanging(file, timeout)
  }
}

const openUnchanging = (file: string, timeout: number): DatabaseSync => {
  const url = pathToFileURL(file)
  url.searchParams.set('immutable', '1')
  return open(url, timeout)
}

/** https://www.sqlite.org/rescode.html */
const [readOnly, cannotOpen] = [8, 14]

/** True if a write-ahead log holds changes that are not in the file yet. */
export const hasLog = (file: string): boolean => Boolean(sizeOf(`${file}-wal`))

/** Undefined for a file that is not there, or in a folder that this user may not read. */
const sizeOf = (file: string): number | undefined => {
  try {
    return statSync(file).size
  } catch {
    return undefined
  }
}

const isWritable = (file: string): boolean => {
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** The timeout comes first: switching on the write-ahead log takes a lock as well. */
const open = (file: string | URL, timeout: number): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout })
  try {
    // for new files: with twice the default, an import takes 8 % less CPU
    database.exec('PRAGMA page_size = 8192')
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
    // a statement that inserts many rows keeps the pages it changes: in memory, not in a file
    database.exec(`PRAGMA temp_store = MEMORY; PRAGMA cache_size = -${cacheKibibytes}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

const connectionOf = (database: DatabaseSync, checkPlace: PlaceCheck): SqliteConnection => {
  const cache = new Map<string, StatementSync>()
  const prepared = (sql: string): StatementSync => {
    if (!database.isTransaction) checkPlace(sql === beginTransaction)
    const known = cache.get(sql)
    if (known !== undefined) return known
    if (cache.size === maxStatements) cache.clear()
    const statement = database.prepare(sql)
    cache.set(sql, statement)
    return statement
  }
  return {
    execute: (sql, params, transform) => rows(() => prepared(sql), params, transform),
    executeRaw: (sql, params) =>
      run(
        () => prepared(sql),
        found => found.run(...inputs(params)),
      ),
    executeUnprepared: (sql, params, transform) => rows(() => database.prepare(sql), params, transform),
    executeValues: (sql, params) => values(() => prepared(sql), params),
    executeValuesUnprepared: (sql, params) => values(() => database.prepare(sql), params),
    executeStream: (sql, params, transform) =>
      Stream.unwrap(
        run(
          () => database.prepare(sql),
          found => {
            const stream = Stream.fromIteratorSucceed(found.iterate(...inputs(params)))
            return transform === undefined
              ? stream
              : Stream.mapArray(stream, chunk => transform(chunk) as never)
          },
        ),
      ),
    isTransaction: () => database.isTransaction,
  }
}

const beginTransaction = 'BEGIN IMMEDIATE'

/** Prepares a statement and reads from it; integers come as bigint where the caller asks for it. */
const run = <A>(statement: () => StatementSync, read: (statement: StatementSync) => A) =>
  Effect.withFiber<A, SqlError>(fiber =>
    attempt('execute', () => {
      const found = statement()
      found.setReadBigInts(fiber.getRef(SqlClient.SafeIntegers))
      return read(found)
    }),
  )

const rows = (statement: () => StatementSync, params: ReadonlyArray<unknown>, transform?: Transform) =>
  run(statement, found => {
    found.setReturnArrays(false)
    const all = found.all(...inputs(params)) as ReadonlyArray<object>
    return transform === undefined ? all : transform(all)
  })

const values = (statement: () => StatementSync, params: ReadonlyArray<unknown>) =>
  run(statement, found => {
    found.setReturnArrays(true)
    return found.all(...inputs(params)) as unknown as ReadonlyArray<ReadonlyArray<unknown>>
  })

type Transform = <A extends object>(rows: ReadonlyArray<A>) => ReadonlyArray<A>

/** The rows of 100,000 runs fit, so that lists of them do not read from the file again. */
const cacheKibibytes = 64 * 1024

/** More texts than this are not prepared for good: the statements of a store are far fewer. */
const maxStatements = 256

/** SQLite has no boolean. An insert of many rows has thousands of parameters, and none to change. */
const inputs = (params: ReadonlyArray<unknown>): ReadonlyArray<SQLInputValue> =>
  params.includes(true) || params.includes(false)
    ? params.map(value => (typeof value === 'boolean' ? Number(value) : (value as SQLInputValue)))
    : (params as ReadonlyArray<SQLInputValue>)

/** Node says the extended result code as `errcode`; the classifier of effect looks for `errno`. */
const attempt = <A>(operation: string, run: () => A): Effect.Effect<A, SqlError> =>
  Effect.try({
    try: run,
    catch: cause => {
      const { errcode } = cause as { readonly errcode?: number }
      const known = errcode === undefined ? cause : Object.assign(cause as Error, { errno: errcode })
      return new SqlError({ reason: classifySqliteError(known, { operation }) })
    },
  })
