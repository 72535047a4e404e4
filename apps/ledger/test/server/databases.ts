import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseOptions, openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
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
  /** Makes a new, empty database, and returns how to remove it. */
  readonly fresh: () => Promise<{ readonly options: DatabaseOptions; readonly remove: () => Promise<void> }>
}

const sqlite: TestDatabase = {
  name: 'SQLite',
  fresh: () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
    return Promise.resolve({
      options: { db: join(folder, 'runs.db') },
      remove: () => Promise.resolve(rmSync(folder, { recursive: true })),
    })
  },
}

const server = inject('postgres')

/** Both databases, or SQLite alone where there is no PostgreSQL. */
export const databases: ReadonlyArray<TestDatabase> =
  'missing' in server ? [sqlite] : [sqlite, postgres(server.url)]

function postgres(url: string): TestDatabase {
  const admin = (statement: string) =>
    Effect.runPromise(
      Effect.scoped(
        Effect.flatMap(openStore({ databaseUrl: `${url}/postgres` }), ({ sql }) => sql.unsafe(statement)),
      ),
    )
  return {
    name: 'PostgreSQL',
    fresh: async () => {
      const name = `t${randomUUID().replaceAll('-', '')}`
      await admin(`create database ${name}`)
      return {
        options: { databaseUrl: `${url}/${name}` },
        remove: async () => void (await admin(`drop database ${name} with (force)`)),
      }
    },
  }
}
