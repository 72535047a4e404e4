/**
 * One rule for the door: what a reader accepts is a JSON value, and `validate`, `convert`, `hash`,
 * `diff` and the store agree about every record of every file.
 */
import { rmSync } from 'node:fs'
import { Canonical } from '@finetune-kit/codec'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'
import { duckdbOfTests } from './duckdb.ts'
import { otherWriters, type Row } from './writers.ts'

const { finetune, written } = folderOfTests()

const families: ReadonlyArray<ReadonlyArray<Row>> = [
  simulateJobs().flatMap(job => job.snapshots as ReadonlyArray<object> as ReadonlyArray<Row>),
  simulateRuns() as ReadonlyArray<object> as ReadonlyArray<Row>,
]

/** Values that other programs write, of which JSON lacks some. */
const foreign: fc.Arbitrary<unknown> = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue({ maxDepth: 1 }),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array({ maxLength: 5 }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, undefined, 2 ** 64, 1e308, 'null', '', ' 1 '),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '2', 'é'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value

const keys = (rows: ReadonlyArray<Row>) => [...new Set(rows.flatMap(row => Object.keys(row)))]

/** Some records of one family, with extra fields, and some fields spoiled or removed. */
const records: fc.Arbitrary<ReadonlyArray<Row>> = fc.constantFrom(...families).chain(family =>
  fc.array(
    fc
      .tuple(
        fc.constantFrom(...family),
        fc.option(fc.dictionary(fc.constantFrom('x', 'y'), foreign, { maxKeys: 2, noNullPrototype: true })),
        fc.option(fc.tuple(fc.constantFrom(...keys(family)), foreign), { freq: 3 }),
      )
      .map(([row, extra, spoiled]) =>
        Object.assign({}, row, extra, spoiled === null ? {} : Object.fromEntries([spoiled])),
      ),
    { minLength: 1, maxLength: 4 },
  ),
)

const linesOf = (text: string): ReadonlyArray<string> => text.split('\n').filter(line => line !== '')

const digestsOf = async (file: string) => {
  const { code, stdout, stderr } = await finetune(['hash', '--format', 'json', file])
  const digests = linesOf(stdout).map(line => (JSON.parse(line) as { sha256: string }).sha256)
  return { code, digests, stderr }
}

/** Asks every command about a file. Throws where two of them disagree. */
const agree = async (file: string): Promise<void> => {
  const validated = await finetune(['validate', file])
  const hashed = await digestsOf(file)
  const converted = await finetune(['convert', file, 'out.ndjson', '--bad', 'skip'])
  rmSync('x.db', { force: true })
  const imported = await finetune(['import', file, '--db', 'x.db'])
  const { code } = validated
  const codes = { hash: hashed.code, convert: converted.code, import: imported.code }
  // without one record of a known kind there is nothing that convert could write
  const isUnknown = hashed.digests.length === 0 && converted.stderr.includes(': unknown kind of record')
  expect(codes).toEqual({ hash: code, convert: isUnknown ? 2 : code, import: code })
  const diffed = await finetune(['diff', file, file])
  expect(diffed.code).toBe(code === 0 ? 0 : 2)
  if (code === 2) return
  // an unreadable column costs its values, not the file: all say so
  const notes = validated.stderr.replace(/.*\n$/, '')
  expect(hashed.stderr).toBe(validated.stdout + notes)
  const [, invalid = ''] = /(\d+) invalid\n$/.exec(validated.stderr) ?? []
  expect(imported.stdout).toMatch(new RegExp(`, ${invalid} rejected\n$`))
  if (hashed.digests.length === 0) return
  const counts = /^(\d+) records? read .*: (\d+) written/m.exec(converted.stderr)
  expect(counts?.slice(1).map(Number)).toEqual([
    hashed.digests.length + Number(invalid),
    hashed.digests.length,
  ])
  expect(await digestsOf('out.ndjson')).toEqual({ code: 0, digests: hashed.digests, stderr: '' })
  if (code === 0) expect(await finetune(['diff', file, 'out.ndjson'])).toMatchObject({ code: 0, stdout: '' })
  const exported = await finetune(['export', '--db', 'x.db'])
  const kept = linesOf(exported.stdout).map(line =>
    Canonical.digest((JSON.parse(line) as { record: unknown }).record),
  )
  expect(hashed.digests).toEqual(
    expect.arrayContaining(kept.map(digest => (digest._tag === 'Right' ? digest.right : digest))),
  )
}

/** DuckDB fails to write some maps ("Serialization Error"), which is no matter of ours. */
const orSkip = async (writing: Promise<Uint8Array> | Uint8Array): Promise<Uint8Array> => {
  try {
    return await writing
  } catch (error) {
    fc.pre(!String(error).includes('Serialization Error'))
    throw error
  }
}

const duckdb = duckdbOfTests()

test('import exits with 1, as validate does, where a column of a file cannot be read', async () => {
  const rows = duckdb.stored('rows.ndjson', `${JSON.stringify(families[0]?.[0])}\n`)
  const file = await duckdb.copy(`select *, interval 3 days as took from '${rows}'`, 'format parquet')
  await agree(written('column.parquet', file))
  expect(await finetune(['import', 'column.parquet', '--db', 'y.db'])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('1 new run, '),
    stderr: expect.stringContaining('the column "took" is skipped'),
  })
})

describe.each(otherWriters(duckdb).map(writer => [writer.name, writer] as const))(
  'of a file by %s',
  (_, { extension, write }) => {
    test('validate, convert, hash, diff and import say the same', async () => {
      await fc.assert(
        fc.asyncProperty(records, fc.nat(1000), async (rows, choice) => {
          await agree(written(`rows${extension}`, await orSkip(write(rows, choice))))
        }),
        { numRuns: 12, interruptAfterTimeLimit: 20_000 },
      )
    })
  },
)
