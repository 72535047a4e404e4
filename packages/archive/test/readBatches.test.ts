import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codecForInput, openInput, readBatches, ReadLimits, readWhole } from '@finetune-kit/archive'
import { draw, record } from '@finetune-kit/codec'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { encodeAll } from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import { temporaryFolder } from './temporaryFolder.ts'

const folder = temporaryFolder()

const records = simulateRuns().slice(0, 3)
const file = join(folder, 'runs.ndjson')
writeFileSync(file, toNdjson([{ ...records[0], note: 'x'.repeat(5000) }, ...records]))

const read = Effect.scoped(
  Effect.gen(function* () {
    const input = yield* openInput(file)
    const batches = yield* Stream.runCollect(readBatches(codecForInput(input))(input))
    return batches.flatMap(batch =>
      Array.from(batch, result => (result._tag === 'Record' ? 'record' : draw(result.error))),
    )
  }),
)

test('openInput reads by the limits that are provided', async () => {
  const limits = { maxRecordBytes: 4000 }
  expect(await Effect.runPromise(read)).toEqual(Array(4).fill('record'))
  expect(await Effect.runPromise(Effect.provideService(read, ReadLimits, limits))).toEqual([
    '1:1 not NDJSON: a record longer than 4000 bytes',
    ...Array<string>(3).fill('record'),
  ])
})

test('readBatches cuts a compressed block of many records into batches', async () => {
  const none = encodeAll(Avro.of(record('None', {})))(Array.from({ length: 10_000 }, () => ({})))
  const path = join(folder, 'none.avro')
  writeFileSync(path, none._tag === 'Right' ? none.right : '')
  const sizes = Effect.scoped(
    Effect.gen(function* () {
      const input = yield* openInput(path)
      const batches = yield* Stream.runCollect(readBatches(codecForInput(input))(input))
      return batches.map(batch => [...batch].length).filter(size => size > 0)
    }),
  )
  expect(await Effect.runPromise(sizes)).toEqual([4096, 4096, 1808])
})

test('readWhole has the limit of a record', async () => {
  const whole = Effect.flatMap(openInput(file), readWhole).pipe(
    Effect.provideService(ReadLimits, { maxRecordBytes: 4096 }),
    Effect.scoped,
    Effect.flip,
  )
  expect((await Effect.runPromise(whole)).reason).toContain('the limit of one record')
})
