import { malformed } from '@finetune-kit/codec'
import type { Reject } from '@finetune-kit/serialization'
import { expect, test } from 'vitest'
import { maxShown, rejectReport } from '../src/RejectReport.ts'

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
