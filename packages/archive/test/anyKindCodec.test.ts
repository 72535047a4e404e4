import { anyKindCodec } from '@finetune-kit/archive'
import { Exactness } from '@finetune-kit/codec/compile'
import { Observation } from '@finetune-kit/model'
import { observationsOf, simulateJobs } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'

const event = { object: 'fine-tune-event', created_at: 1, level: 'info', message: 'Fine-tune started' }
const model = { object: 'model', id: 'ada', created: 1, owned_by: 'openai' }
const codec = anyKindCodec()
const exactness = Exactness.of(codec)

/** True if a value is accepted, and then certain to be exact. */
const isExact = (value: unknown): boolean => {
  expect(codec.decode(value)._tag).toBe('Right')
  return exactness.isExact(value)
}

test('a record is exact by its kind: neither an unknown key nor an infinity is in it', () => {
  expect([isExact(event), isExact(model)]).toEqual([true, true])
  expect(isExact({ ...event, unknown: 1 })).toBe(false)
  expect(isExact({ ...event, unknown: Number.POSITIVE_INFINITY })).toBe(false)
})

test('nothing is certain of observations, whose record is of any depth, and of what was not decoded', () => {
  const [seen] = observationsOf(simulateJobs())
  expect(Observation.is(seen)).toBe(true)
  expect(isExact(seen)).toBe(false)
  isExact(model)
  expect(exactness.isExact(event)).toBe(false)
  codec.decode({ object: 'nothing known' })
  expect(exactness.isExact({ object: 'nothing known' })).toBe(false)
})
