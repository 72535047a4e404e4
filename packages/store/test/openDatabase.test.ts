import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { StatementSync } from 'node:sqlite'
import * as Effect from 'effect/Effect'
import * as SqlClient from 'effect/sql/SqlClient'
import * as Stream from 'effect/Stream'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../src/openDatabase.ts'
import { databases, missing } from '@finetune-kit/checks/databases'

const run = <A, E>(effect: Effect.Effect<A, E, import('effect/Scope').Scope>) =>
  Effect.runPromise(Effect.scoped(effect))
const failure = (options: Parameters<typeof openDatabase>[0]) => run(Effect.flip(openDatabase(options)))

if (missing !== undefined) test.skip(`PostgreSQL is not tested: ${missing}`, () => {})

describe.each(databases)('openDatabase on $name', ({ fresh }) => {
  test('openDatabase opens a client that keeps rows, transactions and streams', () =>
    run(
      Effect.gen(function* () {
        const { sql } = yield* openDatabase(yield* fresh)
        yield* sql`create table numbers (n bigint not null)`
        yield* sql.withTransaction(sql`insert into numbers ${sql.insert([{ n: 1 }, { n: 2 }])}`)
        const failed = sql.withTransaction(
          Effect.andThen(sql`insert into numbers (n) values (3)`, Effect.fail('no')),
        )
        expect(yield* Effect.flip(failed)).toBe('no')
        const rows = yield* Stream.runCollect(
          sql<{ n: number | bigint }>`select n from numbers order by n`.stream,
        )
        expect(rows.map(({ n }) => Number(n))).toEqual([1, 2])
      }),
    ))

  test('openDatabase reads integers beyond 2^53 as bigint when asked to', () =>
    run(
      Effect.gen(function* () {
        const { sql } = yield* openDatabase(yield* fresh)
        yield* sql`create table numbers (n bigint not null)`
        yield* sql`insert into numbers (n) values (${9007199254740993n})`
        const rows = yield* Effect.provideService(sql`select n from numbers`, SqlClient.SafeIntegers, true)
        expect(rows).toEqual([{ n: 9007199254740993n }])
      }),
    ))

  test('openDatabase reads a text as long as the longest record, which it has written', () =>
    run(
      Effect.gen(function* () {
        const { sql } = yield* openDatabase(yield* fresh)
        const text = 'x'.repeat(64 * 1024 * 1024)
        yield* sql`create table texts (body text not null)`
        yield* sql`insert into texts (body) values (${text})`
        const [row] = yield* sql<{ body: string }>`select body from texts`
        expect(row?.body === text).toBe(true)
      }),
    ))

  test('openDatabase runs what waits for a commit after it, and never after a rollback', () =>
    run(
      Effect.gen(function* () {
        const { sql } = yield* openDatabase(yield* fresh)
        const seen: Array<string> = []
        const note = (text: string) => sql.afterCommit(Effect.sync(() => void seen.push(text)))
        yield* sql.withTransaction(
          Effect.andThen(
            note('committed'),
            Effect.sync(() => seen.push('inside')),
          ),
        )
        yield* Effect.ignore(sql.withTransaction(Effect.andThen(note('rolled back'), Effect.fail('no'))))
        expect(seen).toEqual(['inside', 'committed'])
      }),
    ))

  test('openDatabase ends the savepoint of a nested transaction with it, and its memory', () =>
    run(
      Effect.gen(function* () {
        const { sql } = yield* openDatabase(yield* fresh)
        yield* sql`create table numbers (n bigint not null)`
        const nested = sql.withTransaction(sql`insert into numbers (n) values (1)`)
        const again = sql`release savepoint effect_sql_1`
        const failed = yield* Effect.flip(sql.withTransaction(Effect.andThen(nested, again)))
        expect(String(failed.reason.cause)).toMatch(/no such savepoint|savepoint .+ does not exist/)
      }),
    ))
})

describe('openDatabase says what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-open-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('openDatabase refuses a file that is no database, and leaves it as it is', async () => {
    const file = join(folder, 'notes.txt')
    writeFileSync(file, 'these are notes, and not a database at all. '.repeat(100))
    expect(await failure({ db: file })).toEqual({
      _tag: 'StoreError',
      kind: 'NotADatabase',
      message: `${file}: the file is not an SQLite database. Pass --db with another file; it was not changed.`,
    })
  })

  test('openDatabase refuses the SQLite of a Node that is too old', async () => {
    const { prototype } = StatementSync
    const newer = Object.getOwnPropertyDescriptor(prototype, 'setReturnArrays') as PropertyDescriptor
    onTestFinished(() => void Object.defineProperty(prototype, 'setReturnArrays', newer))
    Reflect.deleteProperty(prototype, 'setReturnArrays')
    expect(await failure({ db: ':memory:' })).toEqual({
      _tag: 'StoreError',
      kind: 'CannotOpen',
      message:
        ':memory:: the SQLite of this Node is missing or too old. Use Node 22.16 or newer, or PostgreSQL.',
    })
  })

  test('openDatabase refuses a folder', async () => {
    expect((await failure({ db: folder })).message).toBe(`${folder}: is a folder. Pass a file.`)
  })

  test('openDatabase makes no database of an empty file that is only to be read', async () => {
    const file = join(folder, 'empty.db')
    writeFileSync(file, '')
    expect((await failure({ db: file, isReadOnly: true })).message).toBe(
      `${file}: empty. Pass the --db that runs were imported into.`,
    )
    expect(statSync(file).size).toBe(0)
  })

  test('openDatabase refuses an empty name, by which SQLite opens a file that it removes', async () => {
    expect((await failure({ db: '' })).message).toBe('--db: an empty name. Pass the path of a file.')
  })

  test('openDatabase refuses a file URL, which SQLite takes for another name than Node', async () => {
    expect((await failure({ db: 'file:runs.db' })).message).toBe(
      '--db: a file: URL, not the path of a file. Leave out the "file:".',
    )
    expect(existsSync('runs.db')).toBe(false)
  })

  test('openDatabase shows a name that would rewrite a terminal as escapes', async () => {
    const file = join(folder, 'notes.txt', '\u001b[31m\n', 'runs.db')
    expect((await failure({ db: file })).message).toBe(
      `${folder}/notes.txt/\\u001b[31m\\u000a/runs.db: its folder cannot be made (ENOTDIR). Pass --db with another file.`,
    )
  })

  /** In a process of its own: where Node does not end, nothing ends it but a kill. */
  test.skipIf(process.platform !== 'linux')('openDatabase ends where no folder can be made', () => {
    const script = `
      import * as Effect from 'effect/Effect'
      import { openDatabase } from '${import.meta.dirname}/../src/openDatabase.ts'
      const opened = Effect.scoped(openDatabase({ db: '/proc/finetune-kit/deep/runs.db' }))
      console.log((await Effect.runPromise(Effect.flip(opened))).message)`
    const told = execFileSync(
      process.execPath,
      ['--conditions=@finetune-kit/source', '--input-type=module', '--eval', script],
      { cwd: import.meta.dirname, encoding: 'utf8', timeout: 20_000, killSignal: 'SIGKILL' },
    )
    expect(told).toMatch(
      /^\/proc\/finetune-kit\/deep\/runs\.db: its folder cannot be made \(E\w+\)\. Pass --db with another file\.\n$/,
    )
  })

  test('openDatabase refuses a pipe and a device', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    for (const file of [pipe, '/dev/null', '/dev/full'])
      expect(await failure({ db: file })).toMatchObject({
        kind: 'CannotOpen',
        message: `${file}: a pipe or a device. Pass the path of a file.`,
      })
  })

  test.each([
    ['u:p%zz@127.0.0.1:1/db', 'a % in its address encodes nothing. Write it as %25 in DATABASE_URL.'],
    [
      'u@127.0.0.1:1/db?sslmode=banana',
      'its sslmode is not known. Write disable, require or verify-full in DATABASE_URL.',
    ],
  ])('openDatabase says what is wrong with the URL %s', async (address, reason) => {
    expect(await failure({ databaseUrl: `postgres://${address}` })).toMatchObject({
      kind: 'CannotConnect',
      message: `postgres://127.0.0.1:1/db: ${reason}`,
    })
  })

  test('openDatabase says that a URL of PostgreSQL has no user', async () => {
    expect((await failure({ databaseUrl: 'postgres://127.0.0.1:1/db' })).message).toBe(
      'postgres://127.0.0.1:1/db: the address has no user. Write it as postgres://user@host/database.',
    )
  })

  test('openDatabase refuses what is no URL of PostgreSQL, without its password', async () => {
    const error = await failure({ databaseUrl: 'mysql://user:secret@host/db' })
    expect(error.message).toMatch(/^DATABASE_URL: not a PostgreSQL URL/)
    expect(error.message).not.toContain('secret')
  })

  test.each(['postgres://user:secret@host/db', 'POSTGRESQL://host/db'])(
    'openDatabase makes no file of the URL %s',
    async db => {
      for (const isReadOnly of [false, true])
        expect((await failure({ db, isReadOnly })).message).toBe(
          '--db: a PostgreSQL URL, not the path of a file. Put it into DATABASE_URL, and leave out --db.',
        )
      expect(existsSync(dirname(db))).toBe(false)
    },
  )

  test('openDatabase says that no server answers, without its password', async () => {
    expect((await failure({ databaseUrl: 'postgres://user:secret@127.0.0.1:1/db' })).message).toBe(
      'postgres://127.0.0.1:1/db: no server answers at this address. Start it, or check DATABASE_URL.',
    )
  })
})
