import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { afterAll, describe, expect, test } from 'vitest'
import { importObservations } from '../src/importObservations.ts'
import { openDatabase } from '../src/openDatabase.ts'
import { openStore } from '../src/openStore.ts'
import { sqliteClient } from '../src/sqlite/sqliteClient.ts'
import { fromSqlError, type StoreError } from '../src/StoreError.ts'
import { postgres, type TestDatabase } from '@finetune-kit/checks/databases'
import { both, digestsOf, inputOf, run } from './support/withStore.ts'

const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-errors-'))
afterAll(() => rmSync(folder, { recursive: true }))
const source = 'test'
const subjectOf = (url: URL) => `postgres://${url.host}${url.pathname}`
const role = `guest_${randomUUID().replaceAll('-', '')}`

const imported = (file: string) =>
  run(Effect.flatMap(openStore({ db: file }), store => store.importObservations(inputOf(both), { source })))

describe('StoreError', () => {
  test('a full disk stops an import, keeps what was acknowledged and lets the import be repeated', () =>
    run(
      Effect.gen(function* () {
        const db = join(folder, 'full.db')
        yield* openStore({ db })
        const { sql, subject } = yield* openDatabase({ db })
        const [{ pages } = { pages: 0 }] = yield* sql<{
          pages: number
        }>`select page_count as pages from pragma_page_count`
        yield* sql.unsafe(`pragma max_page_count = ${pages + 20}`)
        const failed = Effect.mapError(
          importObservations(sql)(inputOf([...both, ...both, ...both]), { source }),
          fromSqlError({ subject }),
        )
        expect(yield* Effect.flip(failed)).toEqual({
          _tag: 'StoreError',
          kind: 'Full',
          message: `${db}: no space is left on its disk. Free some and try again; what was acknowledged is kept.`,
        })
        const store = yield* openStore({ db })
        yield* store.importObservations(inputOf(both), { source })
        for (const found of Object.values(yield* digestsOf(store)))
          expect(found).toMatchObject({ _tag: 'Sound' })
      }),
    ))

  test('a database whose tables are others is refused, with a remedy', async () => {
    const db = join(folder, 'tables.db')
    await run(openStore({ db }))
    const other = new DatabaseSync(db)
    other.exec('drop table runs')
    expect(await run(Effect.flip(Effect.flatMap(openStore({ db }), store => store.runs())))).toEqual({
      _tag: 'StoreError',
      kind: 'Damaged',
      message: `${db}: its tables are not those of this version of finetune-kit. Update finetune-kit, or restore them from a copy.`,
    })
    other.close()
  })

  test('a file of another program is refused and left as it is, whatever its tables', async () => {
    const db = join(folder, 'others.db')
    const other = new DatabaseSync(db)
    other.exec('create table "no\u001btes" (a); create table runs (a); create view items as select 1')
    other.exec('create trigger bread after insert on runs begin select 1; end')
    expect(await run(Effect.flip(openStore({ db })))).toEqual({
      _tag: 'StoreError',
      kind: 'NotADatabase',
      message: `${db}: a database of another program, with a table "no\\u001btes". Pass --db with another file; nothing was changed.`,
    })
    expect(other.prepare('select name from sqlite_schema').all()).toEqual([
      { name: 'no\u001btes' },
      { name: 'runs' },
      { name: 'items' },
      { name: 'bread' },
    ])
    other.close()
  })

  test('a database that another process writes to is locked, after the time to wait', () =>
    run(
      Effect.gen(function* () {
        const db = join(folder, 'locked.db')
        yield* openStore({ db })
        const other = new DatabaseSync(db)
        other.exec('begin immediate')
        const context = yield* Layer.build(sqliteClient({ file: db, busyTimeout: 10 }))
        const sql = Context.get(context, SqlClient.SqlClient)
        const failed: Effect.Effect<unknown, SqlError> = sql.withTransaction(sql`delete from runs`)
        const error: StoreError = fromSqlError({ subject: db })(yield* Effect.flip(failed))
        other.exec('rollback')
        other.close()
        expect(error).toMatchObject({
          kind: 'Locked',
          message: `${db}: another process is writing to it. Try again when it has finished.`,
        })
        yield* failed.pipe(Effect.orDie)
      }),
    ))

  test('a damaged file is named, and is not changed', async () => {
    const db = join(folder, 'damaged.db')
    await imported(db)
    const { size } = statSync(db)
    const descriptor = openSync(db, 'r+')
    writeSync(descriptor, new Uint8Array(size - 4096).fill(0xff), 0, size - 4096, 4096)
    closeSync(descriptor)
    const error = await run(Effect.flip(Effect.flatMap(openStore({ db }), store => store.runs())))
    expect(error).toMatchObject({
      kind: 'Damaged',
      message: `${db}: the file is damaged. Restore it from a copy; nothing was changed.`,
    })
  })

  test('a server that takes a connection and says nothing is named', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const url = `postgres://ada@127.0.0.1:${port}/runs`
    expect(await run(Effect.flip(openStore({ databaseUrl: url })))).toEqual({
      _tag: 'StoreError',
      kind: 'CannotConnect',
      message: `postgres://127.0.0.1:${port}/runs: the server does not answer. Check the network and DATABASE_URL.`,
    })
    server.close()
  })

  test.skipIf(postgres === undefined)('a database that the server does not have is named', () =>
    run(
      Effect.gen(function* () {
        const { databaseUrl = '' } = yield* (postgres as TestDatabase).fresh
        const url = new URL(databaseUrl)
        url.pathname = '/nothing'
        const error = yield* Effect.flip(openStore({ databaseUrl: url.href }))
        expect(error).toMatchObject({
          kind: 'CannotConnect',
          message: `postgres://${url.host}/nothing: there is no such database on the server. Create it, or check DATABASE_URL.`,
        })
      }),
    ),
  )

  describe.skipIf(postgres === undefined)('a database of PostgreSQL', () => {
    const { fresh } = postgres as TestDatabase

    test('that this user may not create tables in is named with its schema', () =>
      run(
        Effect.gen(function* () {
          const url = new URL((yield* fresh).databaseUrl ?? '')
          const { sql } = yield* openDatabase({ databaseUrl: url.href })
          yield* sql`create schema closed`
          yield* sql.unsafe(`create role ${role} login`)
          yield* sql.unsafe(`grant usage on schema closed to ${role}`)
          yield* sql.unsafe(`alter role ${role} set search_path = closed`)
          const opened = Effect.gen(function* () {
            const theirs = new URL(url)
            theirs.username = role
            return yield* Effect.flip(openStore({ databaseUrl: theirs.href }))
          })
          expect(yield* opened).toMatchObject({
            kind: 'CannotOpen',
            message: `${subjectOf(url)}: this user may not create tables in the schema "closed". Grant CREATE on it, or use another user.`,
          })
          yield* sql`drop schema closed`
          expect(yield* opened).toMatchObject({
            kind: 'CannotOpen',
            message: `${subjectOf(url)}: its search_path names no schema that is there. Create it, or set another.`,
          })
          yield* sql.unsafe(`drop role ${role}`)
        }),
      ))

    test('that drops a connection in a transaction, or ends a statement, is named', () =>
      run(
        Effect.gen(function* () {
          const { sql, subject } = yield* openStore(yield* fresh)
          const failed = (effect: Effect.Effect<unknown, SqlError>) =>
            Effect.flip(Effect.mapError(sql.withTransaction(effect), fromSqlError({ subject })))
          const drop = sql`select pg_terminate_backend(pg_backend_pid())`
          const lost = { kind: 'CannotConnect', message: `${subject}: the connection was lost. Try again.` }
          expect(yield* failed(drop)).toMatchObject(lost)
          expect(yield* failed(sql.withTransaction(drop))).toMatchObject(lost)
          const slow = Effect.andThen(sql`set local statement_timeout = 20`, sql`select pg_sleep(60)`)
          expect(yield* failed(slow)).toMatchObject({
            kind: 'Failed',
            message: `${subject}: the server cancelled a statement, as it does after the statement_timeout of this user. Raise it, or try again.`,
          })
          const locked = sql`do $$ begin raise lock_not_available; end $$`
          expect(yield* failed(locked)).toMatchObject({ kind: 'Locked' })
        }),
      ))

    test('whose tables are those of another version is named', () =>
      run(
        Effect.gen(function* () {
          const store = yield* openStore(yield* fresh)
          const message = `${store.subject}: its tables are not those of this version of finetune-kit. Update finetune-kit, or restore them from a copy.`
          yield* store.sql`alter table searches rename column text to words`
          const found = Effect.flip(store.runs({ filter: { text: 'x' } }))
          expect(yield* found).toMatchObject({ kind: 'Damaged', message })
          yield* store.sql`alter table searches rename to texts`
          expect(yield* found).toMatchObject({ kind: 'Damaged', message })
        }),
      ))

    test('whose encoding lacks a character is named', () =>
      run(
        Effect.gen(function* () {
          const url = new URL((yield* fresh).databaseUrl ?? '')
          const { sql, subject } = yield* openDatabase({ databaseUrl: url.href })
          const failed = sql`select convert_to('\u65e5', 'LATIN1')`
          expect(yield* Effect.flip(Effect.mapError(failed, fromSqlError({ subject })))).toMatchObject({
            message: `${subject}: its encoding lacks a character of these records. Create the database with the encoding UTF8; nothing was changed.`,
          })
        }),
      ))
  })
})
