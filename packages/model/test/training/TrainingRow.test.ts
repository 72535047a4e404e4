import { decode, draw } from '@finetune-kit/codec'
import { TrainingRow } from '@finetune-kit/model/training'
import { describe, expect, test } from 'vitest'

const user = { role: 'user', content: 'Name a ship.' }
const answer = { role: 'assistant', content: 'Orion' }

/** Documented lines, each with the form that it has. */
const rows: ReadonlyArray<readonly [string, object]> = [
  ['chat', { messages: [{ role: 'system', content: 'Be short.' }, user, answer] }],
  ['chat', { messages: [user, { ...answer, weight: 0 }, user, { ...answer, weight: 1 }] }],
  [
    'chat',
    {
      messages: [
        user,
        { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function' }] },
      ],
      tools: [{ type: 'function' }],
      parallel_tool_calls: false,
    },
  ],
  [
    'chat',
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:' } }] }, answer] },
  ],
  ['completion', { prompt: 'Ship ->', completion: ' Orion' }],
  [
    'preference',
    { input: { messages: [user], tools: [] }, preferred_output: [answer], non_preferred_output: [answer] },
  ],
  ['reinforcement', { messages: [user], reference_answer: { name: 'Orion' } }],
]

describe('TrainingRow.detect', () => {
  test.each(rows)('TrainingRow.detect names a line of the form %s, which decodes as it', (name, row) => {
    const form = TrainingRow.detect(row)
    expect(form?.name).toBe(name)
    expect(form?.codec.decode(row)).toEqual({ _tag: 'Right', right: row })
  })

  test.each([
    ['a record of a run', { object: 'fine_tuning.job', messages: [] }],
    ['a line of a result file', { step: 1, train_loss: 0.5 }],
    ['a request', { prompt: 'Ship ->', model: 'davinci' }],
    ['a list', [user]],
    ['null', null],
    ['a text', 'messages'],
  ])('TrainingRow.detect finds no form in %s', (_, row) => {
    expect(TrainingRow.detect(row)).toBeUndefined()
  })

  test.each([
    ['chat', { messages: [{ content: 'no role' }, answer] }, '/messages/0/role: missing, expected string'],
    [
      'completion',
      { prompt: 'Ship ->', completion: ['Orion'] },
      '/completion: expected string, found a list',
    ],
    [
      'preference',
      { input: {}, preferred_output: [answer] },
      '/non_preferred_output: missing, expected list',
    ],
    ['reinforcement', { messages: [{ role: 'user', content: 7 }] }, '/messages/0/content'],
  ])('a line of the form %s that breaks it says where', (name, row, text) => {
    const form = TrainingRow.detect(row)
    expect(form?.name).toBe(name)
    const decoded = decode(form?.codec ?? TrainingRow.all[0]!.codec)(row)
    expect(decoded._tag === 'Left' && draw(decoded.left)).toContain(text)
  })
})
