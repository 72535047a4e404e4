import { randomUUID } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import { inject } from 'vitest'
import { postgresProgram } from './postgresProgram.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of a server whose databases tests may create, or why there is none. */
    readonly postgres: { readonly url: string } | { readonly missing: string }
  }
}

/** The options of `openStore`. */
interface Options {
  readonly db?: string
  readonly databaseUrl?: string
}

/** A kind of database that tests run on. */
export interface TestDatabase {
  readonly name: string
  /** Makes a new, empty database. */
  readonly make: () => { readonly options: Options; readonly remove: () => void }
  /** A new, empty database for each call, which goes away with the scope. */
  readonly fresh: Effect.Effect<Options, never, Scope.Scope>
}

const testDatabase = (name: string, make: TestDatabase['make']): TestDatabase => ({
  name,
  make,
  fresh: Effect.map(
    Effect.acquireRelease(Effect.sync(make), ({ remove }) => Effect.sync(remove)),
    ({ options }) => options,
  ),
})

/** SQLite, in a file. */
export const sqlite = testDatabase('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-sqlite-'))
  return {
    options: { db: join(folder, 'runs.db') },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
})

const server = inject('postgres')

/** The reason for not testing PostgreSQL, if it is not tested. */
export const missing: string | undefined = 'missing' in server ? server.missing : undefined

/** PostgreSQL, if it is installed. */
export const postgres: TestDatabase | undefined =
  'missing' in server
    ? undefined
    : testDatabase('PostgreSQL', () => {
        const name = `t${randomUUID().replaceAll('-', '')}`
        const run = (program: string, ...args: ReadonlyArray<string>) =>
          execFileSync(postgresProgram(program), [
            '--maintenance-db',
            `${server.url}/postgres`,
            ...args,
            name,
          ])
        run('createdb')
        return {
          options: { databaseUrl: `${server.url}/${name}` },
          remove: () => run('dropdb', '--force'),
        }
      })

/** Both databases, or SQLite alone where there is no PostgreSQL. */
export const databases: ReadonlyArray<TestDatabase> = postgres === undefined ? [sqlite] : [sqlite, postgres]
