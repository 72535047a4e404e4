/** Memory that the writer retains for each row group of a file: its part of the footer. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { annotate, Integer, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { defaultGroupLimits } from '../../src/parquet/write/rowGroupWriter.ts'
import { parquetWriter } from '../../src/parquet/write/parquetWriter.ts'
import { recordSchema } from '../../src/schema/RecordSchema.ts'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

const Run = annotate(record('Run', { id: t.string, at: Integer, tags: t.array(t.string) }), {
  identity: { key: 'id' },
})

/** Bytes outside of the heap, where the columns and the footer are. */
const retained = (): number => {
  gc()
  gc() // V8 may still sweep buffers after the first
  return process.memoryUsage().arrayBuffers
}

test('Parquet retains no more of a row group than its part of the footer', () => {
  const rows = 1000
  const writer = parquetWriter(Run, recordSchema(Run), { ...defaultGroupLimits, rows })()
  let written = 0
  const writeGroup = (group: number): void => {
    for (let row = 0; row < rows; row++) {
      const id = `ft-${group * rows + row}-${Math.sin(group * rows + row)}`
      const part = writer.push({ id, at: row * group, tags: [id.slice(-3), id.slice(-2)] })
      if (E.isLeft(part)) throw new Error(part.left.reason)
      written += part.right.length
    }
  }
  const groups = 200
  for (let group = 0; group < 20; group++) writeGroup(group)
  const [before, bytes] = [retained(), written]
  for (let group = 0; group < groups; group++) writeGroup(20 + group)
  const kept = (retained() - before) / groups
  expect((written - bytes) / groups).toBeGreaterThan(10_000)
  expect(kept).toBeLessThan(1000)
})
