import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseOptions, openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of a server whose databases tests may create, or why there is none. */
    readonly postgres: { readonly url: string } | { readonly missing: string }
  }
}

/** A kind of database that the tests run on. */
export interface TestDatabase {
  readonly name: string
  /** A new, empty database for each call, which goes away with the scope. */
  readonly fresh: Effect.Effect<DatabaseOptions, unknown, Scope.Scope>
}

const sqlite: TestDatabase = {
  name: 'SQLite',
  fresh: Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), 'finetune-kit-watch-'))),
      folder => Effect.sync(() => rmSync(folder, { recursive: true, force: true })),
    ),
    folder => ({ db: join(folder, 'runs.db') }),
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
            const { sql } = yield* openStore({ databaseUrl: `${server.url}/postgres` })
            yield* sql.unsafe(`create database ${name}`)
            yield* Effect.addFinalizer(() => Effect.ignore(sql.unsafe(`drop database ${name} with (force)`)))
            return { databaseUrl: `${server.url}/${name}` }
          }),
        },
      ]
