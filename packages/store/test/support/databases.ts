import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'
import { inject } from 'vitest'
import { type DatabaseOptions, openDatabase } from '../../src/openDatabase.ts'

/** A kind of database that the tests run on. */
export interface TestDatabase {
  readonly name: string
  /** A new, empty database for each call, which goes away with the scope. */
  readonly fresh: Effect.Effect<DatabaseOptions, unknown, import('effect/Scope').Scope>
}

const sqlite: TestDatabase = {
  name: 'SQLite',
  fresh: Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), 'finetune-kit-store-'))),
      folder => Effect.sync(() => rmSync(folder, { recursive: true, force: true })),
    ),
    folder => ({ db: join(folder, 'store.db') }),
  ),
}

const server = inject('postgres')

/** Both databases, or SQLite alone where there is no PostgreSQL. */
export const databases: ReadonlyArray<TestDatabase> =
  'missing' in server
    ? [sqlite]
    : [
        sqlite,
        {
          name: 'PostgreSQL',
          fresh: Effect.gen(function* () {
            const name = `t${randomUUID().replaceAll('-', '')}`
            const { sql } = yield* openDatabase({ databaseUrl: `${server.url}/postgres` })
            yield* sql.unsafe(`create database ${name}`)
            yield* Effect.addFinalizer(() => Effect.ignore(sql.unsafe(`drop database ${name} with (force)`)))
            return { databaseUrl: `${server.url}/${name}` }
          }),
        },
      ]

/** The reason for not testing PostgreSQL, if it is not tested. */
export const missing: string | undefined = 'missing' in server ? server.missing : undefined
