import { summaryOf } from '@finetune-kit/model'
import { expect, test } from 'vitest'
import { runTable } from '../../src/commands/runTable.ts'

const id = `ftjob-${'0123456789abcdef'.repeat(2)}`

const run = summaryOf({
  id,
  object: 'fine_tuning.job',
  created_at: 1_717_486_000,
  status: 'succeeded',
  model: 'gpt-4o-mini-2024-07-18',
  fine_tuned_model: 'ft:gpt-4o-mini-2024-07-18:bakery:bread:9kitchen',
  hyperparameters: { n_epochs: 1 },
  trained_tokens: 52_000,
})

test('runTable shows what people look at first, whole ids and the ends of names', () => {
  expect(runTable([run], 'created_at', 150)).toEqual([
    'Id                                      Status     Created at            Model                     Base model               Length  Cost or tokens',
    `${id}  succeeded  2024-06-04T07:26:40Z  ft:gpt-4…:bread:9kitchen  gpt-4o-mini-2024-07-18  1 epoch   52,000 tokens`,
  ])
})

test('runTable leaves out what does not fit, and what is equal in all runs', () => {
  const other = { ...run, id: 'ftjob-2', cost: 0.5 }
  expect(runTable([run, other], 'id', 70)).toEqual([
    'Id                                      Status     Cost or tokens',
    `${id}  succeeded   52,000 tokens`,
    'ftjob-2                                 succeeded           $0.50',
  ])
})

test('runTable cuts no character in two', () => {
  const [, row] = runTable([{ ...run, fine_tuned_model: '\u{1f600}'.repeat(40) }], 'id', 80)
  expect(row?.isWellFormed()).toBe(true)
})
