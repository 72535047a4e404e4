import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll } from 'vitest'

/** A DuckDB in memory, and a folder for what it reads and writes, for the tests of one file. */
export const duckdbOfTests = () => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-duckdb-'))
  let duckdb: DuckDBConnection
  beforeAll(async () => {
    duckdb = await (await DuckDBInstance.create(':memory:')).connect()
  })
  afterAll(() => {
    duckdb.closeSync()
    rmSync(folder, { recursive: true })
  })
  return { folder, connection: () => duckdb }
}
