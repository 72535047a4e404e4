import { expect, test } from 'vitest'
import { baseModelOf, factsOf, familyOf } from '../../src/run/Run.ts'
import { file, job, pending } from '../samples.ts'

test.each([
  [{ object: 'fine_tuning.job', hyperparams: {} }, 'job'],
  [{ object: 'fine-tune', training_file: 'file-a' }, 'fine-tune'],
  [{ object: 'run', training_file: 'file-a' }, 'job'],
  [{ hyperparameters: {} }, 'job'],
  [{ finished_at: null }, 'job'],
  [{ training_files: [] }, 'fine-tune'],
  [null, 'fine-tune'],
])('familyOf %j is %s', (run, family) => {
  expect(familyOf(run)).toBe(family)
})

const sha = '0f'.repeat(16)

test.each([
  ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini-2024-07-18', null],
  ['ft:gpt-4o-mini:bakery:rye:7p4l', 'gpt-4o-mini', 'rye'],
  ['ft:gpt-4o-mini:bakery::7p4l', 'gpt-4o-mini', null],
  ['curie:ft-bakery:rye-bread-2022-08-08-23-21-40', 'curie', 'rye-bread'],
  ['curie:ft-bakery-2022-08-08-23-21-40', 'curie', null],
  [`gpt-35-turbo.ft-${sha}-rye\nbread`, 'gpt-35-turbo', 'rye\nbread'],
  [`gpt-35-turbo.ft-${sha}`, 'gpt-35-turbo', null],
  ['a:b:c:d', 'a:b:c:d', null],
  ['a:b:ft-c', 'a:b:ft-c', null],
])('the model %j is made from %j, with the suffix %j', (model, base, suffix) => {
  expect(baseModelOf(model)).toBe(base)
  expect(factsOf({ ...job, fine_tuned_model: model }).suffix).toBe(suffix)
})

test('a hyperparameter is that of the method of the job, then of any other place that knows it', () => {
  const method = {
    type: 'dpo',
    supervised: { hyperparameters: { n_epochs: 5, batch_size: 7 } },
    dpo: { hyperparameters: { n_epochs: 3, batch_size: 'auto', beta: 0 } },
  }
  const { hyperparameter } = factsOf({
    ...job,
    method,
    hyperparameters: { n_epochs: 1, learning_rate_multiplier: -1, reasoning_effort: 'low', seed: 0 },
  })
  const keys = ['n_epochs', 'batch_size', 'beta', 'learning_rate_multiplier', 'reasoning_effort', 'seed']
  expect(keys.map(hyperparameter)).toEqual([3, 7, 0, null, 'low', null])
  expect(factsOf({ ...job, method: {} }).hyperparameter('n_epochs')).toBe(3)
  expect(factsOf({ hyperparams: { n_epochs: 4 } }).hyperparameter('n_epochs')).toBe(4)
})

test('the files of a run are those of its family', () => {
  const both = { validation_file: 'file-a', validation_files: [{ ...file, id: 'file-b' }] }
  expect(factsOf({ ...job, ...both }).validationFiles).toEqual(['file-a'])
  expect(factsOf({ ...pending, ...both }).validationFiles).toEqual(['file-b'])
})

const failing = (status_details: string) => ({ ...file, status_details })

test('the error of a run is what it tells of one, else that of the first file with one', () => {
  const nothing = { message: null, code: null, param: null }
  expect(factsOf({ error: { message: 'No flour.' } }).error).toEqual({ ...nothing, message: 'No flour.' })
  expect(factsOf({ error: { code: 'no_flour' } }).error).toEqual({ ...nothing, code: 'no_flour' })
  expect(factsOf({ error: { param: 'flour', message: '' } }).error).toBeNull()
  const run = {
    ...pending,
    training_files: [file],
    validation_files: [failing('Line 7.'), failing('Line 9.')],
  }
  expect(factsOf(run).error).toEqual({ ...nothing, message: 'Line 7.' })
})
