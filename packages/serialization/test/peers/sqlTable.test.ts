/** DuckDB loads the CSV of records into the table that `SqlTable` makes for them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { RecordKind } from '@finetune-kit/model'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { Csv, encodeAll, SqlTable } from '@finetune-kit/serialization'
import type * as t from 'io-ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as E from '#fp-ts/Either'

vi.setConfig({ testTimeout: 60_000 }) // DuckDB is loaded first

const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-sql-'))
let duckdb: DuckDBConnection
beforeAll(async () => {
  duckdb = await (await DuckDBInstance.create(':memory:')).connect()
})
afterAll(() => {
  duckdb.closeSync()
  rmSync(folder, { recursive: true })
})

const records = {
  fine_tunes: { kind: 'fine-tune', rows: simulateRuns(20) },
  jobs: { kind: 'job', rows: simulateJobs().flatMap(({ snapshots }) => snapshots) },
} as const

test.each(Object.entries(records))(
  'DuckDB loads the CSV of %s by their CREATE TABLE',
  async (name, { kind, rows }) => {
    const codec = RecordKind.all.find(({ name }) => name === kind)?.codec as t.Type<unknown>
    const written = encodeAll(Csv.of(codec))(rows)
    if (E.isLeft(written)) throw new Error(written.left.reason)
    const path = join(folder, `${name}.csv`)
    writeFileSync(path, written.right)
    await duckdb.run(SqlTable.of(codec)(name))
    await duckdb.run(
      `copy ${name} from '${path}' (format csv, header, delim ',', quote '"', escape '"', nullstr ['', 'null'])`,
    )
    const found = await duckdb.runAndReadAll(
      `select id, status, created_at::varchar as created_at from ${name}`,
    )
    expect(found.getRowObjectsJson()).toEqual(
      rows.map(({ id, status, created_at: at }) => ({ id, status, created_at: String(at) })),
    )
  },
)
