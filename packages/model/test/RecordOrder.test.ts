import { RecordKind, RecordOrder } from '@finetune-kit/model'
import { observationsOf, simulateJobs } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'

const [time, id] = RecordOrder.all
const job = simulateJobs()[0]?.snapshots[0]

test('the orders are by time and by id, of an observation by the record observed', () => {
  expect([time?.name, id?.name]).toEqual(['created_at', 'id'])
  expect([time?.keyOf(job), id?.keyOf(job)]).toEqual([job?.created_at, job?.id])
  const [seen] = observationsOf(simulateJobs())
  expect(id?.keyOf(seen)).toBe(id?.keyOf(seen?.record))
  expect(id?.keyOf(seen)).toBeDefined()
  expect(time?.keyOf(seen)).toBe(time?.keyOf(seen?.record))
})

test('a value that is no record, or has no such field, has no key', () => {
  for (const value of [null, 'text', [], {}, { object: 'nothing known', id: 'a' }])
    expect([time?.keyOf(value), id?.keyOf(value)]).toEqual([undefined, undefined])
})

const codecOf = (name: string) => (RecordKind.byName(name) as RecordKind.RecordKind).codec

test('the field of an order is the one that its key is read from', () => {
  const record = job as unknown as Readonly<Record<string, unknown>>
  for (const order of RecordOrder.all)
    expect(record[order.fieldOf(codecOf('job')) ?? '']).toBe(order.keyOf(job))
  expect(id?.fieldOf(codecOf('event'))).toBeUndefined()
})
