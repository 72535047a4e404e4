/** Starts Debian's PostgreSQL for the tests of a run, and stops it after them. */
import type { TestProject } from 'vitest/node'
import { hasPostgres } from './postgresProgram.ts'
import { startServer } from './PostgresServer.ts'

export const setup = (project: TestProject): (() => void) | void => {
  if (!hasPostgres) {
    const missing = 'PostgreSQL is not installed (Debian: apt-get install postgresql)'
    if (process.env['FINETUNE_KIT_POSTGRES'] === 'required') throw new Error(missing)
    project.provide('postgres', { missing })
    return
  }
  const { url, remove } = startServer()
  project.provide('postgres', { url })
  return remove
}
