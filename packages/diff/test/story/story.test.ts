import {
  AzureFineTune,
  FineTuneSnapshot,
  type FineTuningJobEvent,
  FineTuningJobSnapshot,
} from '@finetune-kit/model'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { story, storyText } from '@finetune-kit/diff/story'
import {
  jobCheckpoint,
  jobEvents,
  pendingRun,
  queuedJob,
  runningJob,
  succeededJob,
  succeededRun,
} from '../samples.ts'

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
      + first seen at 2023-07-22T04:26:50Z, pending, base model curie
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
      '  + first seen at 2023-07-22T04:28:20Z, running, base model curie',
      '  + training started at 2023-07-22T04:28:20Z',
    ].join('\n'),
  )
})

test('story of a run whose log is left out begins all the same', () => {
  const { events: _, ...listed } = running
  expect(storyText(story(FineTuneSnapshot)([listed]))).toBe(
    '2023-07-22T04:28:20Z\n  + first seen at 2023-07-22T04:28:20Z, running, base model curie',
  )
})

test('story of a run whose log is null begins as one whose log is left out', () => {
  expect(storyText(story(FineTuneSnapshot)([{ ...running, events: null }]))).toBe(
    '2023-07-22T04:28:20Z\n  + first seen at 2023-07-22T04:28:20Z, running, base model curie',
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
      + first seen at 2023-07-22T04:26:50Z, pending, base model curie
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

const jobStory = story(FineTuningJobSnapshot)
const prices = { 'gpt-4o-mini-2024-07-18': 3 }
const resources = { events: jobEvents, checkpoints: [jobCheckpoint], prices }

test('story of a job joins its snapshots, events and checkpoints at their own times', () => {
  const entries = jobStory([succeededJob, queuedJob, runningJob], resources)
  expect(storyText(entries)).toMatchInlineSnapshot(`
    "2023-11-14T22:13:20Z
      + created at 2023-11-14T22:13:20Z, validating_files, base model gpt-4o-mini-2024-07-18
    2023-11-14T22:13:50Z
      + files validated
    2023-11-14T22:14:50Z
      ~ status: validating_files → running
      + Hyperparameters › N epochs resolved by the service: 2
      + Hyperparameters › Batch size resolved by the service: 1
      + Hyperparameters › Learning rate multiplier resolved by the service: 1.8
      + training started at 2023-11-14T22:14:50Z after 1 min in the queue
    2023-11-14T22:18:00Z
      + epoch 1 of 2 done
      + step 10 of 20 done, training loss 1.1
    2023-11-14T22:18:30Z
      + checkpoint at step 10 of 20: ft:gpt-4o-mini-2024-07-18:example::abc123:ckpt-step-10, train loss 1.1, full valid loss 1.25
    2023-11-14T22:21:20Z
      + epoch 2 of 2 done
      + step 20 of 20 done, training loss 0.1
    2023-11-14T22:22:40Z
      + model published: ft:gpt-4o-mini-2024-07-18:example::abc123
    2023-11-14T22:22:50Z
      ~ info: "The moon is in the seventh house"
    2023-11-14T22:23:20Z
      ~ status: running → succeeded
      + result file added: file-result
      ~ finished at 2023-11-14T22:23:20Z, 10 min after it was created
      + trained on 20,000 tokens
      + cost known: $0.06
      + train loss 0.1 at step 20
      + full valid loss 1.25 at step 10"
  `)
})

test('story of a job does not change when events repeat or come in another order', () => {
  const entries = jobStory([queuedJob, runningJob, succeededJob], resources)
  const shuffled = [...jobEvents.toReversed(), ...jobEvents]
  expect(
    jobStory([queuedJob, runningJob, succeededJob], {
      ...resources,
      events: shuffled,
      checkpoints: [jobCheckpoint, jobCheckpoint],
    }),
  ).toEqual(entries)
})

test('story never stamps a status of a job with the time of its creation', () => {
  const alone = jobStory([queuedJob, runningJob])
  expect(alone.map(({ at }) => at)).toEqual([null, null])
  const seen = jobStory([runningJob, queuedJob], { seenAt: [1_700_000_120, 1_700_000_005] })
  expect(seen.map(({ at, snapshot }) => [at, snapshot])).toEqual([
    [1_700_000_005, 1],
    [1_700_000_120, 0],
  ])
  const started = jobStory([queuedJob, runningJob], { events: jobEvents.slice(0, 4) })
  const moved = started.find(({ changes }) => changes.some(({ _tag }) => _tag === 'StatusMoved'))
  expect(moved?.at).toBe(1_700_000_090)
})

test('story of a job that failed tells the reason once', () => {
  const error = { code: 'invalid_training_file', message: 'No flour.', param: null }
  const failed = { ...queuedJob, status: 'failed', finished_at: 1_700_000_040, error }
  const event = { ...(jobEvents[0] as FineTuningJobEvent), created_at: 1_700_000_040, level: 'error' }
  const text = storyText(
    jobStory([queuedJob, failed], { events: [{ ...event, message: 'Fine-tuning job failed. No flour.' }] }),
  )
  expect(text.match(/No flour/g)).toHaveLength(1)
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
      + first seen at 2023-07-22T04:35:00Z, succeeded, base model curie
      + model published: curie:ft-example-2023-07-22-04-26-40
      + result file added: compiled_results.csv (file-result), 5,120 bytes"
  `)
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
      + first seen at 2023-07-22T04:26:50Z, pending, base model curie
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

const withMethod = (job: FineTuningJobSnapshot): FineTuningJobSnapshot => ({
  ...job,
  method: { type: 'supervised', supervised: { hyperparameters: job.hyperparameters ?? {} } },
})

test('story tells a hyperparameter once that a job holds twice', () => {
  const text = storyText(jobStory([withMethod(queuedJob), withMethod(runningJob)]))
  expect(text.match(/N epochs/g)).toHaveLength(1)
  expect(text).not.toContain('Method')
})

test('story tells the end of a run of which there is one record', () => {
  expect(storyText(jobStory([succeededJob]))).toMatchInlineSnapshot(`
    "2023-11-14T22:23:20Z
      + first seen at 2023-11-14T22:23:20Z, succeeded, base model gpt-4o-mini-2024-07-18
      + model published: ft:gpt-4o-mini-2024-07-18:example::abc123
      + result file added: file-result
      ~ finished at 2023-11-14T22:23:20Z, 10 min after it was created
      + trained on 20,000 tokens"
  `)
  const error = { code: 'server_error', message: 'No flour.', param: null }
  expect(storyText(jobStory([{ ...queuedJob, status: 'failed', error }]))).toContain('! failed: "No flour."')
  const { events: _, ...listed } = succeededRun
  expect(storyText(story(FineTuneSnapshot)([listed]))).toMatchInlineSnapshot(`
    "2023-07-22T04:35:00Z
      + first seen at 2023-07-22T04:35:00Z, succeeded, base model curie
      + model published: curie:ft-example-2023-07-22-04-26-40
      + result file added: compiled_results.csv (file-result), 5,120 bytes"
  `)
})
