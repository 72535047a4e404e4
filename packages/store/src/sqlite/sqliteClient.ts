import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as Reactivity from 'effect/reactivity/Reactivity'
import * as Semaphore from 'effect/Semaphore'
import * as SqlClient from 'effect/sql/SqlClient'
import type { Connection } from 'effect/sql/SqlConnection'
import { classifySqliteError, SqlError } from 'effect/sql/SqlError'
import * as Statement from 'effect/sql/Statement'
import * as Stream from 'effect/Stream'
import { openToRead, openToWrite } from './openFile.ts'
import { type PlaceCheck, placeCheck } from './placeCheck.ts'
import { waitForLock, waitToBegin } from './waitForLock.ts'

export { hasLog, isRecent } from './openFile.ts'

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
  const wait = waitForLock(busyTimeout)
  const { opened, checkPlace, checkContent } = yield* Effect.acquireRelease(
    // switching on the write-ahead log takes a lock as well
    wait(
      attempt('connect', () => {
        const { opened, checkContent } = (isReadOnly ? openToRead : openToWrite)(file)
        return { opened, checkPlace: placeCheck(file, opened), checkContent }
      }),
    ),
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
  const runOne = checkContent === undefined ? wait : checked(attempt('execute', checkContent))
  const client = yield* SqlClient.make({
    ...acquirers,
    borrower: use => runOne(acquirers.borrower(use)),
    compiler,
    driver: 'node-sqlite',
    spanAttributes: [['db.system.name', 'sqlite']],
    beginTransaction,
    // one that stays open keeps each page that the rest of its transaction changes, in memory
    releaseSavepoint: name => `RELEASE SAVEPOINT ${name}`,
    prepareTransactionControls: true,
  })
  return waitToBegin(client, busyTimeout)
})

/** Makes a check after something that succeeds or fails: the failure of the check comes first. */
const checked =
  <E1>(check: Effect.Effect<unknown, E1>) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | E1, R> =>
    Effect.flatMap(Effect.exit(effect), result => Effect.andThen(check, result))

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
