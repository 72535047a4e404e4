/** Records of formats without lines are named by their number. */
import { record } from '@finetune-kit/codec'
import { encodeAll } from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import { Parquet } from '@finetune-kit/serialization/parquet'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, content } = folderOfTests()

/** A job whose time may be any number. */
const Loose = record('Loose', {
  id: t.string,
  object: t.string,
  status: t.string,
  model: t.string,
  created_at: t.number,
})
const rows = [1_700_000_000, 0.5, 1_700_000_001, 1.5].map((at, i) => ({
  id: `ftjob-${i}`,
  object: 'fine_tuning.job',
  status: 'running',
  model: 'gpt-4o-mini',
  created_at: at,
}))

test.each([
  ['msgpack', MessagePack.of(Loose)],
  ['avro', Avro.of(Loose)],
  ['parquet', Parquet.of(Loose)],
] as const)('every command says which record of a file is wrong: .%s', async (end, format) => {
  const bytes = encodeAll(format)(rows)
  if (bytes._tag === 'Left') throw new Error(bytes.left.reason)
  const file = written(`jobs.${end}`, bytes.right)
  const issues = [
    'record 2 /created_at: expected integer, found 0.5',
    'record 4 /created_at: expected integer, found 1.5',
  ]
  const lines = issues.map(issue => `${file}: ${issue}\n`).join('')
  expect(await finetune(['validate', file])).toEqual({
    code: 1,
    stdout: lines,
    stderr: '1 file: 2 jobs, 2 invalid\n',
  })
  expect((await finetune(['hash', file])).stderr).toBe(lines)
  expect((await finetune(['convert', file, '-', '--bad', 'skip'])).stderr).toContain(lines)
  expect((await finetune(['import', file, '--db', `${end}.db`])).stderr).toBe(lines)
  const { stdout } = await finetune(['validate', '--format', 'json', file])
  expect(JSON.parse(stdout)).toMatchObject({
    issues: [
      { line: null, record: 2, path: '/created_at', message: 'expected integer, found 0.5' },
      { line: null, record: 4, path: '/created_at', message: 'expected integer, found 1.5' },
    ],
  })
  expect((await finetune(['validate', '--format', 'github', file])).stdout).toBe(
    issues.map(issue => `::error file=${file}::${issue}\n`).join(''),
  )
  await finetune(['convert', file, 'good.ndjson', '--bad', `quarantine=bad.${end}.json`])
  expect(JSON.parse(content(`bad.${end}.json`).split('\n')[0] ?? '')).toMatchObject({
    record: 2,
    error: issues[0],
  })
})

test('bytes taken for MessagePack are counted as records', async () => {
  const file = written('random.msgpack', Uint8Array.of(0x80, 0x01, 0xc1))
  expect((await finetune(['validate', file])).stdout).toBe(
    `${file}: record 1: the field "object" is missing, and the other fields match no kind of record\n` +
      `${file}: record 2: not an object\n` +
      `${file}: record 3: not MessagePack: no value begins with the byte 0xc1 (byte 2)\n`,
  )
})
