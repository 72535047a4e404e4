import { Integer, malformed, record } from '@finetune-kit/codec'
import { FineTuneSnapshot } from '@finetune-kit/model'
import type { ReadResult, Reject } from '@finetune-kit/serialization'
import { expect, test } from 'vitest'
import * as Archive from '../src/RunArchive.ts'
import { maxTold, rejectReport } from '../src/RejectReport.ts'
import { simulateRuns } from '@finetune-kit/model/testing'

const reject = (records?: number): Reject => ({
  _tag: 'Reject',
  offset: 0,
  raw: new Uint8Array(0),
  error: malformed('Avro', 'cut', { offset: 0, line: 1, column: 1 }),
  ...(records !== undefined && { records }),
})

test('rejectsOf counts the records that rejects stand for, and says how many it does not tell of', () => {
  const rejects = rejectReport('runs.avro')
  for (let i = 0; i < maxTold - 1; i++) rejects.add(reject())
  rejects.add(reject(500))
  expect([rejects.records(), rejects.lines().length, rejects.lines().at(-1)]).toEqual([
    maxTold + 499,
    maxTold,
    'runs.avro:1:1 not Avro: cut',
  ])
  rejects.add(reject(1234))
  rejects.add(reject())
  expect([rejects.records(), rejects.lines().length, rejects.lines().at(-1)]).toEqual([
    maxTold + 499 + 1235,
    maxTold + 1,
    '… and 1235 more',
  ])
})

test('Archive.of counts the records that a reject stands for', async () => {
  const [run] = simulateRuns()
  async function* batches(): AsyncGenerator<ReadonlyArray<ReadResult<FineTuneSnapshot>>> {
    yield [{ _tag: 'Record', offset: 0, value: run as FineTuneSnapshot }, reject(7)]
    yield [reject()]
  }
  const { runs, rejects, rejected } = await Archive.of(FineTuneSnapshot)('runs.avro', batches())
  expect([[...runs.keys()], rejects, rejected]).toEqual([
    [run?.id],
    ['runs.avro:1:1 not Avro: cut', 'runs.avro:1:1 not Avro: cut'],
    8,
  ])
})

test('Archive.of asks for a codec that says what identifies its records', () => {
  expect(() => Archive.of(record('Nameless', { n: Integer }))).toThrow(
    'Archive needs to know the key that identifies a Nameless: annotate it',
  )
})
