import { defaultDatabase, type Platform } from './defaultDatabase.ts'
import type { DatabaseOptions } from './openDatabase.ts'

/**
 * The database of a program: the file that was passed; else the PostgreSQL database of
 * `DATABASE_URL`; else a file in the folder of the user for data of programs, if there is one.
 *
 * @example
 * chosenDatabase('runs.db') // => { db: 'runs.db' }
 * chosenDatabase(undefined, { env: { DATABASE_URL: 'postgres://localhost/runs' } }) // => { databaseUrl: 'postgres://localhost/runs' }
 */
export const chosenDatabase = (
  file?: string,
  { env = process.env, ...platform }: Partial<Platform> = {},
): Pick<DatabaseOptions, 'db' | 'databaseUrl'> => {
  if (file !== undefined) return { db: file }
  const databaseUrl = env['DATABASE_URL']
  return databaseUrl ? { databaseUrl } : { db: defaultDatabase({ ...platform, env }) }
}
