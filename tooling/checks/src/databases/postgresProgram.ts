import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const versions = '/usr/lib/postgresql'

/** The newest version of Debian's PostgreSQL that is installed. */
const newest = existsSync(versions)
  ? readdirSync(versions).toSorted((a, b) => Number(b) - Number(a))[0]
  : undefined

export const hasPostgres = newest !== undefined

/** The path of a program of PostgreSQL. */
export const postgresProgram = (name: string): string => join(versions, newest ?? '', 'bin', name)
