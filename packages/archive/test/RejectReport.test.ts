import { Integer, malformed, record } from '@finetune-kit/codec'
import { FineTuneSnapshot } from '@finetune-kit/model'
import type { ReadResult, Reject } from '@finetune-kit/serialization'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import * as RunArchive from '../src/RunArchive.ts'
import { maxShown, rejectReport } from '../src/RejectReport.ts'
import { simulateRuns } from '@finetune-kit/model/testing'

const reject = (records?: number): Reject => ({
  _tag: 'Reject',
  offset: 0,
  raw: new Uint8Array(0),
  error: malformed('Avro', 'cut', { offset: 0, line: 1, column: 1 }),
  ...(records !== undefined && { records }),
})

test('rejectReport counts the records that rejects stand for, and says how many it leaves out', () => {
  const rejects = rejectReport('runs.avro')
  for (let i = 0; i < maxShown - 1; i++) rejects.add(reject())
  rejects.add(reject(500))
  expect([rejects.records(), rejects.lines().length, rejects.lines().at(-1)]).toEqual([
    maxShown + 499,
    maxShown,
    'runs.avro:1:1 not Avro: cut',
  ])
  rejects.add(reject(1234))
  rejects.add(reject())
  expect([rejects.records(), rejects.lines().length, rejects.lines().at(-1)]).toEqual([
    maxShown + 499 + 1235,
    maxShown + 1,
    '… and 1235 more',
  ])
})

test('RunArchive.of counts the records that a reject stands for', async () => {
  const [run] = simulateRuns()
  const batches = Stream.make<ReadonlyArray<ReadonlyArray<ReadResult<FineTuneSnapshot>>>>(
    [{ _tag: 'Record', offset: 0, value: run as FineTuneSnapshot }, reject(7)],
    [reject()],
  )
  const { runs, rejects, rejected } = await Effect.runPromise(
    RunArchive.of(FineTuneSnapshot)('runs.avro', batches),
  )
  expect([[...runs.keys()], rejects, rejected]).toEqual([
    [run?.id],
    ['runs.avro:1:1 not Avro: cut', 'runs.avro:1:1 not Avro: cut'],
    8,
  ])
})

test('RunArchive.of asks for a codec that says what identifies its records', () => {
  expect(() => RunArchive.of(record('Nameless', { n: Integer }))).toThrow(
    'RunArchive needs the key that identifies a Nameless: annotate the codec',
  )
})
