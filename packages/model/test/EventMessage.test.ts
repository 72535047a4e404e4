import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EventMessage } from '@finetune-kit/model'

const { decode, encode } = EventMessage

const service: ReadonlyArray<readonly [string, EventMessage.EventMessage]> = [
  ['Created fine-tune: ft-Kitchen0001', { _tag: 'Created', id: 'ft-Kitchen0001' }],
  ['Fine-tune costs $3.67', { _tag: 'Costs', dollars: 3.67 }],
  ['Fine-tune costs $0.00', { _tag: 'Costs', dollars: 0 }],
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
    'Fine-tune failed. For help, please contact OpenAI and include your fine-tune ID: ft-1',
    { _tag: 'Failed', reason: '', contact: 'ft-1' },
  ],
  // jobs
  [
    'Step 100/100: training loss=0.00',
    { _tag: 'Step', done: 100, total: 100, trainingLoss: 0, validationLoss: null, fullValidationLoss: null },
  ],
  [
    'Step 88/90: training loss=0.11, validation loss=0.2345',
    {
      _tag: 'Step',
      done: 88,
      total: 90,
      trainingLoss: 0.11,
      validationLoss: 0.2345,
      fullValidationLoss: null,
    },
  ],
  [
    'Step 90/90: training loss=8e-7, validation loss=0.20, full validation loss=1.50',
    { _tag: 'Step', done: 90, total: 90, trainingLoss: 8e-7, validationLoss: 0.2, fullValidationLoss: 1.5 },
  ],
  ['Fine tuning process stopping due to job cancellation', { _tag: 'Cancelling' }],
]

const others: ReadonlyArray<readonly [string, EventMessage.EventMessage]> = [
  ['Job enqueued. Waiting for jobs ahead to complete. Queue number: 0.', { _tag: 'Enqueued', position: 0 }],
  ['Job started.', { _tag: 'Started' }],
  ['Uploaded snapshot: curie:ft-bakery-2021.', { _tag: 'UploadedModel', model: 'curie:ft-bakery-2021' }],
  ['Uploaded result files: file-1.', { _tag: 'UploadedResultFile', file: 'file-1' }],
  ['Job succeeded.', { _tag: 'Succeeded' }],
  ['Job canceled.', { _tag: 'Cancelled' }],
  [
    'New fine-tuned model created: ft:gpt-3.5-turbo:bakery::7p4l',
    { _tag: 'UploadedModel', model: 'ft:gpt-3.5-turbo:bakery::7p4l' },
  ],
  ['Fine tuning job successfully completed', { _tag: 'Succeeded' }],
]

const plain = [
  '',
  'Created fine-tune job',
  'Created fine-tune: two words',
  ' Fine-tune started',
  'Fine-tune started\n',
  'Completed epoch 1/',
  'Completed epoch -1/4',
  'Completed epoch 1234567890123456/4',
  'Fine-tune costs 3 dollars',
  'Fine-tune failed because of an oven',
  'Step 1/2: training loss=nan',
]

/** The shapes that make a careless pattern slow, each `length` characters long. */
const hostile = (length: number): ReadonlyArray<string> => [
  'a'.repeat(length),
  ' '.repeat(length),
  `Fine-tune failed. ${'\n'.repeat(length)}`,
  `Completed epoch ${'1'.repeat(length)}`,
  `Uploaded snapshot: ${'.'.repeat(length)} `,
  `Step 1/2: training loss=${'1'.repeat(length)}`,
  'Fine-tune failed. For help, please contact OpenAI and include your fine-tune ID: '.repeat(length / 80),
]

/** Of the processor, not of the clock: what else the machine does is no reason to fail. */
const seconds = (messages: ReadonlyArray<string>): number => {
  const start = process.cpuUsage()
  for (const message of messages) decode(message)
  return process.cpuUsage(start).user / 1_000_000
}

describe('EventMessage', () => {
  test.each([...service, ...others])('of reads %j', (message, expected) => {
    expect(decode(message)).toEqual(expected)
  })

  test.each(service)('text writes %j back', (message, expected) => {
    expect(encode(expected)).toBe(message)
  })

  test.each(plain)('of takes %j as text', message => {
    expect(decode(message)).toEqual({ _tag: 'Text', text: message })
  })

  test('of gives again what text wrote of it', () => {
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

  test('of takes time linear in the length of the message', () => {
    const [short, long] = [hostile(100_000), hostile(1_000_000)]
    seconds(short) // compiles the patterns
    // ten times the length: a quadratic pattern would take a hundred times as long, and minutes
    expect(seconds(long)).toBeLessThan(60 * Math.max(seconds(short), 0.02))
    expect(decode(long[0] as string)._tag).toBe('Text')
  })
})
