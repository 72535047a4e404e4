import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EventMessage } from '@finetune-kit/model'

const { decode, encode } = EventMessage

const step = (
  done: number,
  total: number | null,
  metrics: Readonly<Record<string, number>>,
): EventMessage.EventMessage => ({ _tag: 'Step', done, total, metrics })

const service: ReadonlyArray<readonly [string, EventMessage.EventMessage]> = [
  ['Created fine-tune: ft-Kitchen0001', { _tag: 'Created', id: 'ft-Kitchen0001' }],
  ['Fine-tune costs $3.67', { _tag: 'Costs', dollars: 3.67 }],
  ['Fine-tune costs $0.00', { _tag: 'Costs', dollars: 0 }],
  ['Fine-tune costs $123456789012.34', { _tag: 'Costs', dollars: 123456789012.34 }],
  ['Fine-tune costs $12345.60', { _tag: 'Costs', dollars: 12345.6 }],
  ['Fine-tune enqueued. Queue number: 18', { _tag: 'Enqueued', position: 18 }],
  ['Fine-tune is in the queue. Queue number: 2', { _tag: 'InQueue', position: 2 }],
  ['Fine-tune started', { _tag: 'Started' }],
  ['Completed epoch 1/4', { _tag: 'Epoch', done: 1, total: 4 }],
  ['Completed epoch 768/1000', { _tag: 'Epoch', done: 768, total: 1000 }],
  [
    'Uploaded model: curie:ft-bakery:rye-2022-08-08-23-21-40',
    { _tag: 'UploadedModel', model: 'curie:ft-bakery:rye-2022-08-08-23-21-40' },
  ],
  ['Uploaded result file: file-Results01', { _tag: 'UploadedResultFile', file: 'file-Results01' }],
  ['Fine-tune succeeded', { _tag: 'Succeeded' }],
  ['Fine-tune cancelled', { _tag: 'Cancelled' }],
  [
    'Fine-tune failed. Line 7 is not a pair.\nNeither is line 9.',
    { _tag: 'Failed', reason: 'Line 7 is not a pair.\nNeither is line 9.', contact: null },
  ],
  ['Fine-tune failed.', { _tag: 'Failed', reason: '', contact: null }],
  [
    'Line 7 is not a pair. Fine-tune failed. For help, please contact OpenAI and include your fine-tune ID: ft-1',
    { _tag: 'Failed', reason: 'Line 7 is not a pair.', contact: 'ft-1' },
  ],
  [
    'Line 7 is not a pair.\nNeither is line 9. Fine-tune failed. For help, please contact OpenAI and include your fine-tune ID: ft-1',
    { _tag: 'Failed', reason: 'Line 7 is not a pair.\nNeither is line 9.', contact: 'ft-1' },
  ],
  [
    'Fine-tune failed. For help, please contact OpenAI and include your fine-tune ID: ft-1',
    { _tag: 'Failed', reason: '', contact: 'ft-1' },
  ],
  // jobs
  ['Created fine-tuning job', { _tag: 'Created', id: null }],
  ['Validating training file: file-a', { _tag: 'Validating', files: ['file-a'] }],
  [
    'Validating training file: file-a and validation file: file-b',
    { _tag: 'Validating', files: ['file-a', 'file-b'] },
  ],
  ['Files validated, moving job to queued state', { _tag: 'Validated' }],
  ['Step 100/100: training loss=0.00', { _tag: 'Step', done: 100, total: 100, metrics: { train_loss: 0 } }],
  [
    'Step 88/90: training loss=0.11, validation loss=0.2345',
    { _tag: 'Step', done: 88, total: 90, metrics: { train_loss: 0.11, valid_loss: 0.2345 } },
  ],
  [
    'Step 90/90: training loss=8e-7, validation loss=0.20, full validation loss=1.50',
    {
      _tag: 'Step',
      done: 90,
      total: 90,
      metrics: { train_loss: 8e-7, valid_loss: 0.2, full_valid_loss: 1.5 },
    },
  ],
  ['Step 10/20 , train mean reward=0.42', step(10, 20, { train_mean_reward: 0.42 })],
  [
    'Step 3/20 , train mean reward=0.42, full validation mean reward=0.68, full validation mean parse error=0.00',
    step(3, 20, {
      train_mean_reward: 0.42,
      full_valid_mean_reward: 0.68,
      full_valid_mean_parse_error: 0,
    }),
  ],
  ['Step 7: training loss=0.007328391075134277', step(7, null, { train_loss: 0.007328391075134277 })],
  ['Step 1/2: training loss=-0.50, oven heat=180.00', step(1, 2, { train_loss: -0.5, oven_heat: 180 })],
  [
    'Checkpoint created at step 200 with Snapshot ID: ft:gpt-4o:bakery::7p4l:ckpt-step-200',
    { _tag: 'Checkpoint', step: 200, model: 'ft:gpt-4o:bakery::7p4l:ckpt-step-200' },
  ],
  ['Checkpoint created at step 8', { _tag: 'Checkpoint', step: 8, model: null }],
  ['Evaluating model against our usage policies before enabling', { _tag: 'Evaluating' }],
  ['Usage policy evaluations completed, model is now enabled for sampling', { _tag: 'Evaluated' }],
  ['Training tokens billed: 5000', { _tag: 'Billed', tokens: 5000 }],
  ['New fine-tuned model created', { _tag: 'UploadedModel', model: null }],
  ['Job enqueued. Waiting for jobs ahead to complete.', { _tag: 'Enqueued', position: null }],
  ['Fine tuning process stopping due to job cancellation', { _tag: 'Cancelling' }],
]

const others: ReadonlyArray<readonly [string, EventMessage.EventMessage]> = [
  ['Fine-tune costs $3', { _tag: 'Costs', dollars: 3 }],
  ['Fine-tune costs $3.5', { _tag: 'Costs', dollars: 3.5 }],
  ['Job enqueued. Waiting for jobs ahead to complete. Queue number: 0.', { _tag: 'Enqueued', position: 0 }],
  ['Job enqueued. Waiting for jobs ahead to complete. Queue number: 3', { _tag: 'Enqueued', position: 3 }],
  ['Job started.', { _tag: 'Started' }],
  ['Job started', { _tag: 'Started' }],
  ['Training started.', { _tag: 'Started' }],
  ['Training started', { _tag: 'Started' }],
  ['Fine tuning job started', { _tag: 'Started' }],
  ['Fine-tuning job started', { _tag: 'Started' }],
  ['Created fine-tuning job: ftjob-1', { _tag: 'Created', id: 'ftjob-1' }],
  ['Created fine-tune: ftjob-1', { _tag: 'Created', id: 'ftjob-1' }],
  ['Uploaded snapshot: curie:ft-bakery-2021.', { _tag: 'UploadedModel', model: 'curie:ft-bakery-2021' }],
  ['Uploaded snapshot: curie:ft-bakery-2021', { _tag: 'UploadedModel', model: 'curie:ft-bakery-2021' }],
  ['Uploaded result files: file-1.', { _tag: 'UploadedResultFile', file: 'file-1' }],
  ['Uploaded result files: file-1', { _tag: 'UploadedResultFile', file: 'file-1' }],
  ['Completed results file: file-1', { _tag: 'UploadedResultFile', file: 'file-1' }],
  ['Created results file: file-1', { _tag: 'UploadedResultFile', file: 'file-1' }],
  ['Created results file: file-1.', { _tag: 'UploadedResultFile', file: 'file-1' }],
  ['Training tokens billed: 5000.', { _tag: 'Billed', tokens: 5000 }],
  ['Model Evaluation Passed.', { _tag: 'Evaluated' }],
  ['Model Evaluation Passed', { _tag: 'Evaluated' }],
  ['Job succeeded.', { _tag: 'Succeeded' }],
  ['Job succeeded', { _tag: 'Succeeded' }],
  ['Job canceled.', { _tag: 'Cancelled' }],
  ['Job cancelled', { _tag: 'Cancelled' }],
  ['Fine-tuning job cancelled', { _tag: 'Cancelled' }],
  ['The job has been cancelled', { _tag: 'Cancelled' }],
  [
    'New fine-tuned model created: ft:gpt-3.5-turbo:bakery::7p4l',
    { _tag: 'UploadedModel', model: 'ft:gpt-3.5-turbo:bakery::7p4l' },
  ],
  ['Fine tuning job successfully completed', { _tag: 'Succeeded' }],
  ['Fine-tuning job successfully completed', { _tag: 'Succeeded' }],
  ['The job has successfully completed', { _tag: 'Succeeded' }],
  ['Fine-tune failed', { _tag: 'Failed', reason: '', contact: null }],
  ['Fine-tuning job failed', { _tag: 'Failed', reason: '', contact: null }],
  ['Fine-tuning job failed.', { _tag: 'Failed', reason: '', contact: null }],
  [
    'Fine tuning job failed. No flour.\nNo yeast.',
    { _tag: 'Failed', reason: 'No flour.\nNo yeast.', contact: null },
  ],
  [
    'The job failed due to an invalid training file.\nLine 7.',
    { _tag: 'Failed', reason: 'The job failed due to an invalid training file.\nLine 7.', contact: null },
  ],
  ['Step 1/2 , train mean reward=1e2', step(1, 2, { train_mean_reward: 100 })],
  ['Step 1/2: training loss=-0', step(1, 2, { train_loss: 0 })],
]

const plain = [
  '',
  'Created fine-tune job',
  'Created fine-tuning job: two words',
  'Files validated',
  'Checkpoint created at step x',
  'Created fine-tune: two words',
  ' Fine-tune started',
  'Fine-tune started\n',
  'Completed epoch 1/',
  'Completed epoch -1/4',
  'Completed epoch 1234567890123456/4',
  'Fine-tune costs 3 dollars',
  'Fine-tune failed because of an oven',
  'And Fine-tune failed.',
  'And Fine-tuning job failed.',
  'And The job failed due to an oven.',
  'Step 1/2: training loss=nan',
  'Step 1/2: training loss=1,',
  'Step 1/2: ',
  'Step 1/2',
  `Step 1/2: ${'training loss=1, '.repeat(100)}training loss=1`,
]

/** Messages of about `length` characters that make a careless pattern slow. */
const hostile = (length: number): ReadonlyArray<string> => [
  'a'.repeat(length),
  ' '.repeat(length),
  `Fine-tune failed. ${'\n'.repeat(length)}`,
  `Completed epoch ${'1'.repeat(length)}`,
  `Uploaded snapshot: ${'.'.repeat(length)} `,
  `Step 1/2: training loss=${'1'.repeat(length)}`,
  `Step 1/2: ${'a=1, '.repeat(length / 5)}`,
  `Step 1/2: ${'a '.repeat(length / 2)}`,
  `Validating training file: ${'a'.repeat(length)} `,
  `Validating training file: ${' and validation file: a'.repeat(length / 23)}`,
  `Training tokens billed: ${'.'.repeat(length)}`,
  `The job failed due to ${'\n'.repeat(length)}`,
  'Fine-tune failed. For help, please contact OpenAI and include your fine-tune ID: '.repeat(length / 80),
]

/** Processor time, not wall time: other work on the machine is no reason to fail. */
const seconds = (messages: ReadonlyArray<string>): number => {
  const start = process.cpuUsage()
  for (const message of messages) decode(message)
  return process.cpuUsage(start).user / 1_000_000
}

describe('EventMessage', () => {
  test.each([...service, ...others])('decode reads %j', (message, expected) => {
    expect(decode(message)).toEqual(expected)
  })

  test.each(service)('encode writes %j back', (message, expected) => {
    expect(encode(expected)).toBe(message)
  })

  test.each(plain)('decode takes %j as text', message => {
    expect(decode(message)).toEqual({ _tag: 'Text', text: message })
  })

  test.each([...service, ...others].filter(([, { _tag }]) => _tag !== 'Failed').map(([message]) => message))(
    'decode takes %j among other words as text',
    message => {
      for (const text of [`And ${message}`, `${message} again`])
        expect(decode(text)).toEqual({ _tag: 'Text', text })
    },
  )

  test('decode undoes encode', () => {
    const word = fc.constantFrom(
      ...[...service, ...others].map(([message]) => message),
      ...plain,
      'ft-1 ',
      '\n',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 3 }), words => {
        const message = decode(words.join(''))
        expect(decode(encode(message))).toEqual(message)
      }),
    )
  })

  test('decode takes time linear in the length of the message', () => {
    const [short, long] = [hostile(100_000), hostile(1_000_000)]
    seconds(short) // compiles the patterns
    // ten times the length: a quadratic pattern would take a hundred times as long, and minutes
    expect(seconds(long)).toBeLessThan(60 * Math.max(seconds(short), 0.02))
    expect(decode(long[0] as string)._tag).toBe('Text')
  })
})
