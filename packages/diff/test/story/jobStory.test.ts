import { FineTuneSnapshot, type FineTuningJobEvent, FineTuningJobSnapshot } from '@finetune-kit/model'
import { expect, test } from 'vitest'
import { story, storyText } from '@finetune-kit/diff/story'
import { jobCheckpoint, jobEvents, queuedJob, runningJob, succeededJob, succeededRun } from '../samples.ts'

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
      + step 10 of 20 done, train loss 1.1
    2023-11-14T22:18:30Z
      + checkpoint at step 10 of 20: ft:gpt-4o-mini-2024-07-18:example::abc123:ckpt-step-10, train loss 1.1, full valid loss 1.25
    2023-11-14T22:21:20Z
      + epoch 2 of 2 done
      + step 20 of 20 done, train loss 0.1
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

test('story of a job names the model that a message leaves out, and no place in a queue without one', () => {
  const { created_at } = succeededJob
  const said = (seconds: number, message: string): FineTuningJobEvent => ({
    ...(jobEvents[0] as FineTuningJobEvent),
    id: `ftevent-${seconds}`,
    created_at: created_at + seconds,
    message,
  })
  const events = [
    said(10, 'Job enqueued. Waiting for jobs ahead to complete.'),
    said(40, 'Job started'),
    said(500, 'New fine-tuned model created'),
  ]
  expect(storyText(jobStory([succeededJob], { events }))).toMatch(
    /started at \S+ after 30 s in the queue\n\S+\n {2}\+ model published: ft:gpt-4o-mini-2024-07-18:example::abc123\n/,
  )
})

const azureStep = (step: number): FineTuningJobEvent => ({
  ...(jobEvents[0] as FineTuningJobEvent),
  id: `ftevent-${step}`,
  created_at: runningJob.created_at + 500,
  message: `Step ${step}: training loss=0.${step}`,
})

test('story of a job tells the furthest step where none tells how many there are', () => {
  const entries = jobStory([runningJob], { events: [azureStep(10), azureStep(9), azureStep(8)] })
  expect(storyText(entries).match(/step .*/g)).toEqual(['step 10 done, train loss 0.1'])
})

test('story of a job takes the empty text and 0 for null, as gateways write them', () => {
  const running = { ...runningJob, fine_tuned_model: '', finished_at: 0, trained_tokens: 0 }
  const text = storyText(jobStory([running, succeededJob]))
  expect(text.match(/model published|finished at|trained on/g)).toEqual([
    'model published',
    'finished at',
    'trained on',
  ])
  expect(text).not.toMatch(/1970|→ (?!succeeded)|published: $|on 0 tokens/m)
})

test('story of a job ends with at most six metrics', () => {
  const metrics = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`metric_${i}`, i]))
  const entries = jobStory([succeededJob], { checkpoints: [{ ...jobCheckpoint, metrics }] })
  const known = entries.flatMap(({ changes }) => changes).filter(({ _tag }) => _tag === 'MetricKnown')
  expect(known).toHaveLength(6)
})

test('story of a job that ended before it was created, by the clocks of its service, says so', () => {
  const ended = { ...succeededJob, finished_at: succeededJob.created_at - 600 }
  const text = storyText(story(FineTuningJobSnapshot)([queuedJob, ended]))
  expect(text).toMatch(/finished at \S+, 10 min before it was created$/m)
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

test('story tells each pause and each resumption of a job, at the time it was seen', () => {
  const start = 1_700_000_090
  const statuses = [
    'queued',
    'running',
    'paused',
    'running',
    'paused',
    'resuming',
    'running',
    'queued',
    'running',
  ]
  const jobs = statuses.map(status => ({ ...queuedJob, status }))
  const seenAt = jobs.map((_, i) => start - 40 + 50 * i)
  const moves = jobStory(jobs, { seenAt, events: jobEvents.slice(0, 4) }).flatMap(({ at, changes }) =>
    changes.flatMap(change => (change._tag === 'StatusMoved' ? [[at, change.from, change.to]] : [])),
  )
  expect(moves).toEqual([
    [start, 'queued', 'running'],
    ...statuses.slice(2).map((status, i) => [seenAt[i + 2], statuses[i + 1], status]),
  ])
  const late = jobStory(jobs.slice(2, 4), { seenAt: seenAt.slice(2, 4), events: jobEvents.slice(0, 4) })
  expect(late.at(-1)?.at).toBe(seenAt[3])
})

test('story of a job keeps the order of a pause where no record has a time', () => {
  const statuses = ['queued', 'running', 'paused', 'running', 'succeeded']
  const jobs = statuses.map((status, i) => ({ ...queuedJob, status, metadata: { version: String(i) } }))
  const text = storyText(jobStory(jobs))
  expect(text.match(/→ (?!")\w+/g)).toEqual(statuses.slice(1).map(status => `→ ${status}`))
})

test('story of a job whose status is later than its events stays in the order of time', () => {
  const pending = { ...queuedJob, status: 'pending' }
  const seenAt = [1_700_000_120, 1_700_000_180]
  const entries = jobStory([pending, runningJob], { seenAt, events: jobEvents.slice(0, 4) })
  expect(entries.map(({ at }) => at)).toEqual([1_700_000_000, 1_700_000_030, 1_700_000_090, ...seenAt])
})

test('story of a job that failed tells the reason once', () => {
  const error = { code: 'invalid_training_file', message: 'No flour.', param: null }
  const failed = { ...queuedJob, status: 'failed', finished_at: 1_700_000_040, error }
  const event = { ...(jobEvents[0] as FineTuningJobEvent), created_at: 1_700_000_040, level: 'error' }
  const text = storyText(
    jobStory([queuedJob, failed], { events: [{ ...event, message: 'Fine-tuning job failed. No flour.' }] }),
  )
  expect(text.match(/No flour/g)).toHaveLength(1)
  const plain = jobStory([queuedJob, failed], { events: [{ ...event, message: 'No flour.' }] })
  expect(storyText(plain).match(/.*No flour.*/g)).toEqual(['  ! failed: "No flour."'])
})

test('story tells the whole reason of a failure, which says at its end what to do', () => {
  const message = `${'The training file was blocked. '.repeat(9)}Remove example 7.`
  const failed = { ...queuedJob, status: 'failed', error: { code: 'server_error', message, param: null } }
  expect(storyText(jobStory([queuedJob, failed]))).toContain(`! failed: "${message}"`)
  const long = { ...failed, error: { ...failed.error, message: 'a'.repeat(2000) } }
  const [told = ''] = /! failed: .*/.exec(storyText(jobStory([queuedJob, long]))) ?? []
  expect(told.length).toBe('! failed: '.length + 1000)
})

const withMethod = (job: FineTuningJobSnapshot): FineTuningJobSnapshot => ({
  ...job,
  method: { type: 'supervised', supervised: { hyperparameters: job.hyperparameters ?? {} } },
})

test('story of a job that is seen at its beginning tells once that it was created', () => {
  const seen = { ...queuedJob, status: 'validating_files' }
  const seenAt = [1_700_000_003]
  const text = storyText(jobStory([seen], { seenAt, events: jobEvents.slice(0, 1) }))
  const alone = storyText(jobStory([seen], { seenAt }))
  // the first poll may see no event
  expect(alone.split('\n')[1]).toBe(text.split('\n')[1])
  expect(text).toBe(
    '2023-11-14T22:13:20Z\n  + created at 2023-11-14T22:13:20Z, validating_files, base model gpt-4o-mini-2024-07-18',
  )
})

test('story tells no estimate of the end once the end has come', () => {
  const running = { ...runningJob, estimated_finish: 1_700_000_700 }
  const told = (next: FineTuningJobSnapshot) =>
    storyText(jobStory([running, { ...next, estimated_finish: null }], { events: jobEvents }))
  expect(told(succeededJob)).not.toMatch(/estimated/i)
  expect(told({ ...runningJob, status: 'paused' })).toContain('Estimated finish removed')
})

test('story tells a hyperparameter once that a job holds twice', () => {
  const text = storyText(jobStory([withMethod(queuedJob), withMethod(runningJob)]))
  expect(text.match(/N epochs/g)).toHaveLength(1)
  expect(text).not.toContain('Method')
})

test('story tells the end of a run of which there is one record', () => {
  expect(storyText(jobStory([succeededJob]))).toMatchInlineSnapshot(`
    "2023-11-14T22:23:20Z
      + first seen as succeeded, created at 2023-11-14T22:13:20Z, base model gpt-4o-mini-2024-07-18
      + model published: ft:gpt-4o-mini-2024-07-18:example::abc123
      + result file added: file-result
      ~ finished at 2023-11-14T22:23:20Z, 10 min after it was created
      + trained on 20,000 tokens"
  `)
  expect(storyText(jobStory([succeededJob], { seenAt: [1_700_086_400] }))).toContain(
    '2023-11-14T22:23:20Z\n  + first seen as succeeded, created at',
  )
  const error = { code: 'server_error', message: 'No flour.', param: null }
  expect(storyText(jobStory([{ ...queuedJob, status: 'failed', error }]))).toContain('! failed: "No flour."')
  const { events: _, ...listed } = succeededRun
  expect(storyText(story(FineTuneSnapshot)([listed]))).toMatchInlineSnapshot(`
    "2023-07-22T04:35:00Z
      + first seen as succeeded, created at 2023-07-22T04:26:50Z, base model curie
      + model published: curie:ft-example-2023-07-22-04-26-40
      + result file added: compiled_results.csv (file-result), 5,120 bytes"
  `)
})

test('story tells the steps of one second in their order', () => {
  const events = [10, 9, 8].map(step => {
    const message = `Step ${step}/32: training loss=0.${step}`
    return Object.assign({}, jobEvents[0], { id: `e-${step}`, created_at: 1_700_000_300, message })
  })
  // the eighth ends a quarter
  expect(storyText(jobStory([queuedJob], { events }))).toContain('step 8 of 32 done, train loss 0.8')
})
