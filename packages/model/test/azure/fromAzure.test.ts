import { decode } from '@finetune-kit/codec'
import { expect, test } from 'vitest'
import { AzureFineTune, FineTuneSnapshot, fromAzure } from '@finetune-kit/model'
import { file, pending } from '../samples.ts'

const { organization_id: _, fine_tuned_model: __, events: ___, ...common } = pending

const azure = {
  ...common,
  id: 'ft-0123456789abcdef0123456789abcdef',
  status: 'notRunning',
  training_files: [{ ...file, updated_at: 1001, statistics: { tokens: 42, examples: 2 }, error: null }],
  validation_files: null,
  result_files: null,
  events: null,
}

test('AzureFineTune accepts what FineTuneSnapshot refuses', () => {
  expect(decode(AzureFineTune)(azure)).toEqual({ _tag: 'Right', right: azure })
  expect(FineTuneSnapshot.is(azure)).toBe(false)
})

test('fromAzure gives the record as the service of OpenAI would have sent it', () => {
  const { value, lost, changed } = fromAzure(azure)
  expect(FineTuneSnapshot.is(value)).toBe(true)
  expect(value).toEqual({
    ...pending,
    id: 'ft-0123456789abcdef0123456789abcdef',
    organization_id: '',
    training_files: azure.training_files,
  })
  expect(lost).toEqual([])
  expect(changed).toEqual([
    { path: ['status'], reason: 'was "notRunning"' },
    { path: ['validation_files'], reason: 'was null' },
    { path: ['result_files'], reason: 'was null' },
    { path: ['events'], reason: 'was null' },
    { path: ['organization_id'], reason: 'was absent' },
    { path: ['fine_tuned_model'], reason: 'was absent' },
  ])
})

test.each([
  ['canceled', 'cancelled'],
  ['running', 'running'],
  ['deleted', 'deleted'],
])('fromAzure calls %s %s', (status, expected) => {
  expect(fromAzure({ ...azure, status }).value.status).toBe(expected)
})

test('fromAzure leaves a record that is OpenAI’s as it is', () => {
  expect(fromAzure(pending)).toEqual({ value: pending, lost: [], changed: [] })
})
