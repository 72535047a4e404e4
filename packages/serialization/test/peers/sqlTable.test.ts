/** DuckDB loads the CSV of records into the table that `SqlTable` makes for them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RecordKind } from '@finetune-kit/model'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { Csv, encodeAll, SqlTable } from '@finetune-kit/serialization'
import type * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { duckdbOfTests } from '../duckdbOfTests.ts'

const { folder, connection } = duckdbOfTests()

const records = {
  fine_tunes: { kind: 'fine-tune', rows: simulateRuns(20) },
  jobs: { kind: 'job', rows: simulateJobs().flatMap(({ snapshots }) => snapshots) },
} as const

test.each(Object.entries(records))(
  'DuckDB loads the CSV of %s by their CREATE TABLE',
  async (name, { kind, rows }) => {
    const codec = RecordKind.byName(kind)?.codec as t.Type<unknown>
    const written = encodeAll(Csv.of(codec))(rows)
    if (E.isLeft(written)) throw new Error(written.left.reason)
    const path = join(folder, `${name}.csv`)
    writeFileSync(path, written.right)
    await connection().run(SqlTable.of(codec)(name))
    await connection().run(
      `copy ${name} from '${path}' (format csv, header, delim ',', quote '"', escape '"', nullstr ['', 'null'])`,
    )
    const found = await connection().runAndReadAll(
      `select id, status, created_at::varchar as created_at from ${name}`,
    )
    expect(found.getRowObjectsJson()).toEqual(
      rows.map(({ id, status, created_at: at }) => ({ id, status, created_at: String(at) })),
    )
  },
)
