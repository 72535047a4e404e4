import { DatabaseSync } from 'node:sqlite'
import { RecordKind } from '@finetune-kit/model'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { Csv } from '@finetune-kit/serialization'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, content } = folderOfTests()

const names = RecordKind.all.map(({ name }) => name)

const sqlOf = async (kind: string) => (await finetune(['schema', kind, '--format', 'sql'])).stdout

test.each(names)('schema --format sql of %s makes a table with the columns of its CSV', async kind => {
  const { codec } = RecordKind.byName(kind) as RecordKind.RecordKind
  const database = new DatabaseSync(':memory:')
  database.exec(await sqlOf(kind))
  const [table] = database.prepare('SELECT name FROM sqlite_schema').all()
  const columns = database.prepare(`SELECT name FROM pragma_table_info('${String(table?.['name'])}')`).all()
  const header = new TextDecoder().decode(Csv.of(codec).writer().end())
  expect(columns.map(({ name }) => name).join(',')).toBe(header.trim())
})

test('schema --format sql says which columns are never empty', async () => {
  const sql = await sqlOf('fine-tune')
  expect(sql.split('\n').slice(0, 4)).toEqual([
    'CREATE TABLE "fine_tunes" (',
    '  "id" TEXT NOT NULL,',
    '  "object" TEXT NOT NULL,',
    '  "created_at" BIGINT NOT NULL,',
  ])
  expect(sql).toContain('\n  "fine_tuned_model" TEXT,\n')
  expect(sql).toContain('\n  "hyperparams.n_epochs" BIGINT NOT NULL,\n')
})

test('schema --format avro prints the schema that a file is written with', async () => {
  written('runs.ndjson', toNdjson(simulateRuns().slice(0, 2)))
  await finetune(['convert', 'runs.ndjson', 'runs.avro'])
  const { code, stdout } = await finetune(['schema', 'fine-tune', '--format', 'avro'])
  expect(code).toBe(0)
  expect(content('runs.avro')).toContain(JSON.stringify(JSON.parse(stdout)))
})

test('schema --format parquet prints the columns', async () => {
  const { code, stdout } = await finetune(['schema', 'job', '--format', 'parquet'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^message root \{\n {2}required binary id \(UTF8\);\n/)
  expect(stdout).toMatch(/\n {2}optional binary _unknown \(JSON\);\n\}\n$/)
})

const refusal = async (kind: string) => {
  const { code, stderr } = await finetune(['schema', kind])
  expect(code).toBe(2)
  return stderr
}

test('schema refuses a kind that does not exist', async () => {
  const all = 'finetune schema --help has all kinds.\n'
  expect(await refusal('banana')).toBe(`banana: no such kind of record. Pass another: ${all}`)
  expect(await refusal('jobs')).toBe(`jobs: no such kind of record. Pass job: ${all}`)
  expect(await refusal('permission')).toBe(
    'permission: no such kind of record. Pass checkpoint-permission-deleted or checkpoint-permission ' +
      `or checkpoint-permission-list or checkpoint-permission-request: ${all}`,
  )
})
