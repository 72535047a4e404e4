import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll } from 'vitest'

/** A DuckDB in memory, and a folder for what it reads and writes. */
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
  return {
    /** The bytes of the file that `copy (select) to` writes with these options. */
    copy: async (select: string, options: string): Promise<Uint8Array> => {
      const file = join(folder, 'copy')
      await duckdb.run(`copy (${select}) to '${file}' (${options})`)
      return readFileSync(file)
    },
    /** The path of a file of this content, to select from. */
    stored: (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    },
  }
}
