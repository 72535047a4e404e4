import { readdirSync, readFileSync } from 'node:fs'
import type * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as model from '@finetune-kit/model'
import { event, pending } from './samples.ts'

const { RecordKind } = model
const fixtures = new URL('./fixtures/', import.meta.url)

const guessed = (value: unknown): string => {
  const result = RecordKind.detect(value)
  return result._tag === 'Left' ? result.left : result.right.name
}

/** Every accepted fixture, with the codec that accepts it. */
const samples = readdirSync(fixtures).flatMap(name =>
  readdirSync(new URL(`${name}/accepted/`, fixtures)).map(
    file =>
      [
        `${name}/${file}`,
        (model as unknown as Record<string, t.Mixed>)[name] as t.Mixed,
        JSON.parse(readFileSync(new URL(`${name}/accepted/${file}`, fixtures), 'utf8')) as unknown,
      ] as const,
  ),
)

const records = samples.filter(([, , value]) => !Array.isArray((value as { data?: unknown }).data))

/** A row of a table of all kinds, without a value. */
const allColumns = Object.fromEntries(
  records.flatMap(([, , value]) => Object.keys(value as object).map(key => [key, null])),
)

describe('RecordKind', () => {
  test.each(samples)('RecordKind.detect knows %s', (_, codec, value) => {
    const result = RecordKind.detect(value)
    if (result._tag === 'Left') throw new Error(result.left)
    const { contract, codec: seen } = result.right
    expect([contract.name, seen.name]).toContain(codec.name)
    expect(seen.is(value)).toBe(true)
    expect(guessed({ ...(value as object), createdAt: '2024-07-23' })).toBe(result.right.name)
  })

  test.each(records.filter(([, , value]) => 'object' in (value as object)))(
    'RecordKind.detect knows %s in a table that has the columns of all kinds',
    (_, __, value) => {
      expect(guessed({ ...allColumns, ...(value as object) })).toBe(guessed(value))
    },
  )

  test('RecordKind.detect knows a record that is wrong in other ways', () => {
    expect(guessed({ object: 'fine-tune', organization_id: 1 })).toBe('fine-tune')
    expect(guessed({ hyperparams: {} })).toBe('fine-tune')
    expect(guessed({ object: 'job', training_file: 'file-1', status: 'queued' })).toBe('job')
    expect(guessed({ object: 'list' })).toBe('list')
    expect(guessed({ training_file: 'file-1', hyperparams: { n_epochs: 2 }, model: 'curie' })).toBe('request')
    expect(guessed({ object: 'file', deleted: 'yes' })).toBe('file-deleted')
    expect(guessed({ object: 'model', created: null })).toBe('model')
    expect(guessed({ object: 'event', type: 'fine_tuning.job.paused' })).toBe('other-webhook-event')
    expect(guessed({ data: [{}, event(1, 'Fine-tune started')] })).toBe('event-list')
    expect(
      guessed({ object: 'list', data: [{ object: 'x', training_file: 'file-1', status: 'queued' }] }),
    ).toBe('job-list')
    expect(guessed({ ...pending, status: 'canceled' })).toBe('azure-fine-tune')
    expect(guessed({ training_file: null })).toBe('request')
    expect(guessed({ training_file: null, model: 'gpt-4o-mini' })).toBe('job-request')
    // other services than Together write such times too
    expect(guessed({ training_file: 'file-1', status: 'queued', created_at: '2024-07-23T01:02:03Z' })).toBe(
      'job',
    )
  })

  test.each([
    [null, 'not an object'],
    [[pending], 'a list, not an object. Write its items as records of their own'],
    [[7], 'not an object'],
    ['fine-tune', 'not an object'],
    [{}, 'the field "object" is missing, and the other fields match no kind of record'],
    [{ object: 'chat.completion' }, 'no kind of record here is called "chat.completion"'],
    [{ object: '\u009b2J\u202e' }, 'no kind of record here is called "\\u009b2J\\u202e"'],
    [{ object: 'x'.repeat(1e6) }, `no kind of record here is called "${'x'.repeat(198)}…`],
    [
      { object: 'fine-tune-event', created_at: '2024-01-01T00:00:00Z', level: null, message: 'Job started' },
      'an event of a fine-tuning job of Together, not of OpenAI',
    ],
    [
      { ...event(1, 'Job started'), param_count: 7 },
      'an event of a fine-tuning job of Together, not of OpenAI',
    ],
    [
      { id: 'ft-1', training_file: 'file-1', output_name: 'bakery/rolls', status: 'completed' },
      'a fine-tuning job of Together, not of OpenAI',
    ],
    [
      { id: 'ft-1', training_file: 'file-1', status: 'pending', token_count: 0 },
      'a fine-tuning job of Together, not of OpenAI',
    ],
    [
      {
        object: 'job',
        job_type: 'completion',
        status: 'SUCCESS',
        training_files: ['1'],
        model: 'open-mistral-7b',
      },
      'a fine-tuning job of Mistral, not of OpenAI',
    ],
    [
      { object: 'list', data: [{ object: 'job', modified_at: 7, status: 'RUNNING' }] },
      'a list: a fine-tuning job of Mistral, not of OpenAI',
    ],
    [
      {
        name: 'accounts/bakery/supervisedFineTuningJobs/rolls',
        state: 'JOB_STATE_RUNNING',
        baseModel: 'llama',
      },
      'a fine-tuning job of Fireworks, not of OpenAI',
    ],
    [JSON.stringify(pending), 'a text that holds JSON, not an object. Unpack it: jq fromjson'],
    [
      { object: 'fine_tuning.job', id: 'ftjob-1', createdAt: 1, trainingFile: 'file-1' },
      'its keys are in camelCase. Write them as the API does: "created_at"',
    ],
    [
      { id: 'ftjob-1', createdAt: 1, trainingFile: 'file-1', status: 'running' },
      'its keys are in camelCase. Write them as the API does: "created_at"',
    ],
    [{ object: 'chat.completion', createdAt: 1 }, 'no kind of record here is called "chat.completion"'],
    [
      { id: 'order-1', createdAt: 1, total: 3 },
      'the field "object" is missing, and the other fields match no kind of record',
    ],
    [{ data: { jobs: [pending] } }, 'an object around records. Pass what is under "/data/jobs"'],
    [{ error: '', data: pending }, 'an object around records. Pass what is under "/data"'],
    [{ level: 30, msg: 'job', job: pending }, 'an object around records. Pass what is under "/job"'],
    [{ 'a/b~\u202e': pending }, 'an object around records. Pass what is under "/a~1b~0\\u202e"'],
    [{ ['x'.repeat(1e4)]: pending }, `an object around records. Pass what is under "/${'x'.repeat(197)}…`],
    [
      { log: { entries: [] } },
      "a HAR file. Pass the answers in it: jq -r '.log.entries[].response.content.text'",
    ],
    [{ cells: [], nbformat: 4 }, 'a Jupyter notebook. Pass a file of records'],
    [
      { id: 'batch_req_1', custom_id: 'a', response: { body: { object: 'chat.completion' } } },
      'a line of the Batch API. Pass a file of records',
    ],
    ...[
      { object: 'error', message: 'No oven is free.', code: 503 },
      { detail: 'Not Found' },
      { detail: [{ loc: ['path', 'id'], msg: 'No loaf.' }] },
      { error: 'No oven is free.' },
      { statusCode: 401, message: 'No key.' },
      { statusCode: 500, message: 'Internal server error', activityId: 'a' },
      { type: 'about:blank', title: 'Not Found', status: 404, detail: 'No loaf.', instance: '/loaves/1' },
      { timestamp: '2024-05-01T00:00:00Z', status: 404, error: 'Not Found', path: '/jobs', requestId: 'a' },
      { status: 500, error: 'Burnt.', exception: 'java.io.IOException', trace: 'at', path: '/jobs' },
    ].map((answer): [unknown, string] => [
      answer,
      'an error that a server answered with, not a record. Repeat the request',
    ]),
    [{ object: 'loaf', detail: 'Rye.' }, 'no kind of record here is called "loaf"'],
    [
      { step: 1, detail: 'Rye.' },
      'the field "object" is missing, and the other fields match no kind of record',
    ],
    [
      { step: 1, error: 'Burnt.' },
      'the field "object" is missing, and the other fields match no kind of record',
    ],
    [
      {
        object: 'list',
        data: [{ object: 'model', id: 'ada', lifecycle_status: 'preview', created_at: 1687737600 }],
      },
      'a list: a model of Azure, not of OpenAI',
    ],
    [
      { id: 1, detail: 'Rye.' },
      'the field "object" is missing, and the other fields match no kind of record',
    ],
    [
      { _step: 1, 'train/loss': 0.5 },
      'metrics of Weights & Biases. Write them as a result file: step,train_loss,…',
    ],
    [
      { Step: 1, 'rolls - loss': 0.5, 'rolls - loss__MIN': 0.5 },
      'metrics of Weights & Biases. Write them as a result file: step,train_loss,…',
    ],
    [
      { global_step: 1, log_history: [{ loss: 0.5, step: 1 }] },
      'the state of a Hugging Face trainer. Write its log as a result file: step,train_loss,…',
    ],
    [
      { name: 'rolls', type: 'Microsoft.CognitiveServices/accounts/deployments' },
      "a resource of Azure. Pass the fine-tuning jobs that Azure OpenAI's API lists",
    ],
  ])('RecordKind.detect says of %j why it is none', (value, reason) => {
    expect(guessed(value)).toBe(reason)
  })

  test('RecordKind.all says of each list that it is one', () => {
    for (const { name, isList, codec } of RecordKind.all)
      expect([name, isList]).toEqual([name, codec.name.startsWith('List')])
  })

  test('RecordKind.all has no name twice', () => {
    const names = RecordKind.all.map(kind => kind.name)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each([
    ['job', 'job'],
    ['fine-tune', 'fine-tune'],
    ['azure-fine-tune', 'Azure fine-tune'],
    ['webhook-event', 'webhook event'],
    ['checkpoint-permission-deleted', 'checkpoint permission deletion'],
    ['error', 'error response'],
  ])('RecordKind.nounOf says %s in words', (name, words) => {
    expect(RecordKind.nounOf(name)).toBe(words)
  })
})
