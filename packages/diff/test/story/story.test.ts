import { AzureFineTune, FineTuneSnapshot } from '@finetune-kit/model'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { story, storyText } from '@finetune-kit/diff/story'
import { pendingRun, succeededRun } from '../samples.ts'

const running = {
  ...pendingRun,
  status: 'running',
  updated_at: 1_690_000_100,
  events: succeededRun.events?.slice(0, 2) ?? [],
}

test('story tells the moments of a run oldest first, whatever order its snapshots come in', () => {
  const moments = story(FineTuneSnapshot)([succeededRun, running, pendingRun, running])
  expect(moments.map(({ at, snapshot }) => [at, snapshot])).toEqual([
    [1_690_000_010, 2],
    [1_690_000_100, 1],
    [1_690_000_500, 0],
  ])
  expect(storyText(moments)).toMatchInlineSnapshot(`
    "2023-07-22T04:26:50Z
      + created at 2023-07-22T04:26:50Z, pending, base model curie
    2023-07-22T04:28:20Z
      ~ status: pending → running after 1 min 30 s
      + training started at 2023-07-22T04:28:20Z
    2023-07-22T04:35:00Z
      ~ status: running → succeeded after 6 min 40 s
      + model published: curie:ft-example-2023-07-22-04-26-40
      + training file processed: train.jsonl (file-train)
      + result file added: compiled_results.csv (file-result), 5,120 bytes
      + Hyperparams › Batch size resolved by the service: 1
      + Hyperparams › Learning rate multiplier resolved by the service: 0.1"
  `)
})

test('story tells what had happened before the first snapshot', () => {
  expect(storyText(story(FineTuneSnapshot)([running]))).toBe(
    [
      '2023-07-22T04:26:50Z',
      '  + created, base model curie',
      '2023-07-22T04:28:20Z',
      '  + first seen as running',
      '  + training started at 2023-07-22T04:28:20Z',
    ].join('\n'),
  )
})

test('story of a run whose log is left out begins all the same', () => {
  const { events: _, ...listed } = running
  expect(storyText(story(FineTuneSnapshot)([listed]))).toBe(
    '2023-07-22T04:28:20Z\n  + first seen as running, created at 2023-07-22T04:26:50Z, base model curie',
  )
})

test('story of a run whose log is null begins as one whose log is left out', () => {
  expect(storyText(story(FineTuneSnapshot)([{ ...running, events: null }]))).toBe(
    '2023-07-22T04:28:20Z\n  + first seen as running, created at 2023-07-22T04:26:50Z, base model curie',
  )
})

test('story tells what happened to a fine-tune of Azure', () => {
  const { organization_id: _, events, ...rest } = succeededRun
  const azure = { ...rest, id: `ft-${'0f'.repeat(16)}`, validation_files: null }
  const pending = { ...azure, status: 'notRunning', updated_at: 1_690_000_010, result_files: null }
  const entries = story(AzureFineTune)([
    { ...pending, fine_tuned_model: null },
    { ...azure, events: events ?? [] },
  ])
  expect(storyText(entries)).toMatchInlineSnapshot(`
    "2023-07-22T04:26:50Z
      + created at 2023-07-22T04:26:50Z, pending, base model curie
    2023-07-22T04:28:20Z
      + training started at 2023-07-22T04:28:20Z
    2023-07-22T04:35:00Z
      ~ status: pending → succeeded after 8 min 10 s
      + model published: curie:ft-example-2023-07-22-04-26-40
      + result file added: compiled_results.csv (file-result), 5,120 bytes"
  `)
})

test('story keeps the order of snapshots that do not say when they are from', () => {
  const moments = story(t.type({ x: t.number }))([{ x: 1 }, { x: 1 }, { x: 2 }])
  expect(storyText(moments)).toBe('snapshot 1\n  nothing changed\nsnapshot 3\n  ~ x: 1 → 2')
  expect(story(t.unknown)([])).toEqual([])
})

test('story of a fine-tune takes events that its snapshots lack', () => {
  const { events: log, ...listed } = succeededRun
  const events = log ?? []
  const text = storyText(story(FineTuneSnapshot)([listed], { events }))
  expect(text).toMatchInlineSnapshot(`
    "2023-07-22T04:26:50Z
      + created, base model curie
    2023-07-22T04:28:20Z
      + training started at 2023-07-22T04:28:20Z
    2023-07-22T04:35:00Z
      + ended: succeeded
      + model published: curie:ft-example-2023-07-22-04-26-40
      + result file added: compiled_results.csv (file-result), 5,120 bytes"
  `)
})

test('story tells epochs of one second in their order', () => {
  const created_at = 1_690_000_200
  const epochs = [3, 1, 2].map(done => ({
    object: 'fine-tune-event',
    created_at,
    level: 'info',
    message: `Completed epoch ${done}/4`,
  }))
  const seen = { ...running, updated_at: created_at, events: [...running.events, ...epochs] }
  expect(storyText(story(FineTuneSnapshot)([running, seen])).match(/epoch \d/g)).toEqual([
    'epoch 1',
    'epoch 2',
    'epoch 3',
  ])
})

const late: FineTuneSnapshot = {
  ...succeededRun,
  updated_at: 1_690_000_900,
  events: [
    [1_690_000_010, 'Created fine-tune: ft-example'],
    [1_690_000_020, 'Fine-tune costs $1.50'],
    [1_690_000_020, 'Fine-tune enqueued. Queue number: 2'],
    [1_690_000_060, 'Fine-tune is in the queue. Queue number: 2'],
    [1_690_000_080, 'Fine-tune is in the queue. Queue number: 0'],
    [1_690_000_100, 'Fine-tune started'],
    [1_690_000_200, 'Completed epoch 1/2'],
    [1_690_000_300, 'Completed epoch 2/2'],
    [1_690_000_500, 'Fine-tune succeeded'],
  ].map(([created_at, message]) => ({
    object: 'fine-tune-event',
    created_at: Number(created_at),
    level: 'info',
    message: String(message),
  })),
}

test('story of a fine-tune tells the events of its snapshots at their own times', () => {
  expect(storyText(story(FineTuneSnapshot)([pendingRun, late]))).toMatchInlineSnapshot(`
    "2023-07-22T04:26:50Z
      + created at 2023-07-22T04:26:50Z, pending, base model curie
    2023-07-22T04:27:00Z
      + cost known: $1.50
      + in the queue at position 2
    2023-07-22T04:28:00Z
      ~ queue position moved from 2 to 0
    2023-07-22T04:28:20Z
      + training started at 2023-07-22T04:28:20Z after 1 min 20 s in the queue
    2023-07-22T04:30:00Z
      + epoch 1 of 2 done
    2023-07-22T04:31:40Z
      + epoch 2 of 2 done
    2023-07-22T04:35:00Z
      ~ status: pending → succeeded after 8 min 10 s
    2023-07-22T04:41:40Z
      + model published: curie:ft-example-2023-07-22-04-26-40
      + training file processed: train.jsonl (file-train)
      + result file added: compiled_results.csv (file-result), 5,120 bytes
      + Hyperparams › Batch size resolved by the service: 1
      + Hyperparams › Learning rate multiplier resolved by the service: 0.1"
  `)
})

const told = (run: FineTuneSnapshot, events: NonNullable<FineTuneSnapshot['events']> = []) =>
  storyText(story(FineTuneSnapshot)([pendingRun, run], { events }))

test('story of a fine-tune does not change when its events repeat or come in another order', () => {
  const log = late.events ?? []
  expect(told({ ...late, events: [...log.toReversed(), ...log] })).toBe(told(late))
  expect(told(late, log)).toBe(told(late))
})
