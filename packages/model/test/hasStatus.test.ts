import { expect, expectTypeOf, test } from 'vitest'
import {
  type AzureFineTuneStatus,
  type FineTuneSnapshot,
  type FineTuningJobSnapshot,
  type FineTuningMethod,
  hasStatus,
  type KnownWord,
  type FilePurpose,
  type EventLevel,
} from '@finetune-kit/model'
import { pending } from './samples.ts'

test('hasStatus is true of the status of a run, and a typo does not compile', () => {
  expect(hasStatus(pending, 'pending')).toBe(true)
  expect(hasStatus(pending, 'succeeded')).toBe(false)
  // @ts-expect-error a misspelt status
  expect(hasStatus(pending, 'suceeded')).toBe(false)
  // @ts-expect-error a status of the other family
  expect(hasStatus(pending, 'queued')).toBe(false)
  expect(hasStatus({ status: 'anything' }, 'whatever')).toBe(false)
})

test('open enumerations have their known words as members', () => {
  type Legacy = 'created' | 'pending' | 'running' | 'succeeded' | 'failed' | 'cancelled'
  type Modern = 'validating_files' | 'queued' | 'running' | 'paused' | 'succeeded' | 'failed' | 'cancelled'
  type Azure = 'notRunning' | 'running' | 'succeeded' | 'canceled' | 'failed' | 'deleted'
  expectTypeOf<KnownWord<FineTuneSnapshot['status']>>().toEqualTypeOf<Legacy>()
  expectTypeOf<KnownWord<FineTuningJobSnapshot['status']>>().toEqualTypeOf<Modern>()
  expectTypeOf<KnownWord<AzureFineTuneStatus>>().toEqualTypeOf<Azure>()
  expectTypeOf<KnownWord<EventLevel>>().toEqualTypeOf<'info' | 'warn' | 'error'>()
  expectTypeOf<KnownWord<FineTuningMethod['type']>>().toEqualTypeOf<'supervised' | 'dpo' | 'reinforcement'>()
  expectTypeOf<KnownWord<FilePurpose>>().toExtend<string>()
  expectTypeOf<'user_data'>().toExtend<KnownWord<FilePurpose>>()
  expectTypeOf<'a word of tomorrow'>().toExtend<FineTuningJobSnapshot['status']>()
})
