import {
  FineTuneSnapshot,
  type FineTuningJobCheckpointSnapshot,
  type FineTuningJobEvent,
  FineTuningJobSnapshot,
} from '@finetune-kit/model'
import { expect, test } from 'vitest'
import { story, type StoryResources, storyText } from '@finetune-kit/diff/story'
import { jobCheckpoint, jobEvents, pendingRun, queuedJob, runningJob, succeededJob } from '../samples.ts'

const start = runningJob.created_at

/** An event of a job, so many seconds after its creation. */
const said = (seconds: number, message: string, level = 'info'): FineTuningJobEvent => ({
  ...(jobEvents[0] as FineTuningJobEvent),
  id: `ftevent-${seconds}`,
  created_at: start + seconds,
  level,
  message,
})

const step = (done: number, total: number | null, seconds = 10 * done): FineTuningJobEvent =>
  said(seconds, `Step ${done}${total === null ? '' : `/${total}`}: training loss=0.${done}`)

const jobStory = story(FineTuningJobSnapshot)

/** The sentences of a job's story. */
const told = (jobs: ReadonlyArray<FineTuningJobSnapshot>, resources: StoryResources) =>
  storyText(jobStory(jobs, resources))
    .split('\n')
    .filter(line => line.startsWith('  '))
    .map(line => line.trim())

const withEpochs = (n_epochs: number): FineTuningJobSnapshot => ({
  ...runningJob,
  hyperparameters: { ...runningJob.hyperparameters, n_epochs },
})

const steps = (total: number) => Array.from({ length: total }, (_, i) => step(i + 1, total))
const progressIn = (lines: ReadonlyArray<string>) =>
  lines.flatMap(line => /(?:epoch|step) \d+ of \d+ done/.exec(line) ?? [])

test('story of a job of one epoch, or of many, tells the steps of each quarter', () => {
  const quarters = [5, 10, 15, 20].map(done => `step ${done} of 20 done`)
  expect(progressIn(told([withEpochs(1)], { events: steps(20) }))).toEqual(quarters)
  expect(progressIn(told([withEpochs(11)], { events: steps(20) }))).toEqual(quarters)
  expect(progressIn(told([withEpochs(10)], { events: steps(20) }))).toHaveLength(20)
})

test('story of a job passes over the quarters in which no step is known', () => {
  expect(progressIn(told([withEpochs(1)], { events: [step(20, 20)] }))).toEqual(['step 20 of 20 done'])
  expect(progressIn(told([withEpochs(1)], { events: [step(3, 20), step(12, 20)] }))).toEqual([
    'step 12 of 20 done',
  ])
})

test('story of a job tells the reward where a step has no loss', () => {
  const events = [said(90, 'Step 4/4 , train mean reward=0.42')]
  expect(told([withEpochs(1)], { events })).toContain('+ step 4 of 4 done, train mean reward 0.42')
})

test('story of a job tells its furthest step when it is first told', () => {
  const events = [step(8, null), step(10, null, 500), step(10, null, 100), step(9, null)]
  const entries = jobStory([runningJob], { events })
  expect(storyText(entries).match(/step .*/g)).toEqual(['step 10 done, train loss 0.1'])
  expect(entries.at(-1)?.at).toBe(start + 100)
})

test('story of a job tells a checkpoint by its event until its record is there', () => {
  const events = [
    ...steps(20),
    said(105, 'Checkpoint created at step 10 with Snapshot ID: ft:a:ckpt-step-10'),
  ]
  const checkpoints = (records: ReadonlyArray<FineTuningJobCheckpointSnapshot>) =>
    told([runningJob], { events, checkpoints: records }).filter(line => line.includes('checkpoint'))
  expect(checkpoints([])).toEqual(['+ checkpoint at step 10 of 20: ft:a:ckpt-step-10'])
  expect(checkpoints([{ ...jobCheckpoint, metrics: { train_loss: null } }])).toEqual([
    '+ checkpoint at step 10 of 20: ft:gpt-4o-mini-2024-07-18:example::abc123:ckpt-step-10',
  ])
})

test('story of a job ends with the best value of a metric that got worse', () => {
  const checkpoints = [0.3, 0.2, 0.4].map((valid_loss, i) =>
    Object.assign({}, jobCheckpoint, {
      step_number: 10 * (i + 1),
      metrics: { valid_loss },
    }),
  )
  expect(told([succeededJob], { checkpoints }).at(-1)).toBe(
    '+ valid loss 0.4 at step 30, best 0.2 at step 20',
  )
})

test('story of a job that events alone tell to have ended', () => {
  const ended = (...events: ReadonlyArray<FineTuningJobEvent>) => told([runningJob], { events }).at(-1)
  expect(ended(said(90, 'Fine-tuning job cancelled'))).toBe('+ ended: cancelled')
  expect(ended(said(90, 'The job has successfully completed'))).toBe('+ ended: succeeded')
  expect(ended(said(90, 'Fine-tuning job failed.'))).toBe('! failed: "Fine-tuning job failed."')
  expect(ended(said(90, 'Fine-tuning job failed. No flour.'))).toBe('! failed: "No flour."')
  expect(ended(said(90, 'No flour.', 'error'))).toBe('! error: "No flour."')
  const failed = { ...runningJob, status: 'failed' }
  expect(told([failed], { events: [said(90, 'No flour.', 'error')] }).at(-1)).toBe('! failed: "No flour."')
})

test('story of a job tells a result file and the model once, whoever tells them', () => {
  const events = [
    said(550, 'Created results file: file-result'),
    said(560, 'New fine-tuned model created: ft:gpt-4o-mini-2024-07-18:example::abc123'),
  ]
  const lines = [
    '+ result file added: file-result',
    '+ model published: ft:gpt-4o-mini-2024-07-18:example::abc123',
  ]
  const found = (jobs: ReadonlyArray<FineTuningJobSnapshot>) =>
    told(jobs, { events }).filter(line => /result file|model published/.test(line))
  expect(found([runningJob])).toEqual(lines)
  expect(found([runningJob, succeededJob])).toEqual(lines)
})

test('story of a job tells once what its events tell again', () => {
  const again = [0, 100].flatMap(later => [
    said(later + 30, 'Files validated, moving job to queued state'),
    said(later + 90, 'Fine-tuning job started'),
    said(later + 95, 'Completed epoch 1/2'),
  ])
  const lines = told([withEpochs(2)], { events: [...again, ...steps(20)] })
  for (const once of [/files validated/, /training started/, /epoch 1 of 2 done/])
    expect(lines.filter(line => once.test(line))).toHaveLength(1)
})

test('story of a job is silent on events that are no news of it', () => {
  const messages = [
    'Validating training file: file-train',
    'Evaluating model against our usage policies before enabling',
    'Usage policy evaluations completed, model is now enabled for sampling',
    'Training tokens billed: 5000',
    'Fine-tuning process stopping due to job cancellation',
    'Job enqueued. Waiting for jobs ahead to complete.',
    'New fine-tuned model created',
  ]
  const entries = jobStory([runningJob], { events: messages.map((message, i) => said(10 * i, message)) })
  expect(entries.flatMap(({ changes }) => changes.map(({ _tag }) => _tag))).toEqual(['FirstSeen'])
})

const place = (n: number) => `Job enqueued. Waiting for jobs ahead to complete. Queue number: ${n}`

test('story of a job tells places in a queue, and none where one is no longer told', () => {
  const events = [
    said(10, place(3)),
    said(20, 'Job enqueued. Waiting for jobs ahead to complete.'),
    said(30, place(1)),
  ]
  expect(told([queuedJob], { events }).filter(line => line.includes('queue'))).toEqual([
    '+ in the queue at position 3',
    '+ in the queue at position 1',
  ])
})

test('story of a job that runs calls no status of it an end', () => {
  const lines = told([runningJob], { events: jobEvents.slice(0, 4) })
  expect(lines.join()).toContain('first seen as running')
  expect(lines.join()).not.toContain('ended')
})

test('story has no entry without news, and each change its operations', () => {
  const costs = { ...pendingRun, events: [...(pendingRun.events ?? [])] }
  costs.events.push({
    object: 'fine-tune-event',
    created_at: pendingRun.created_at + 60,
    level: 'info',
    message: 'Fine-tune is in the queue. Queue number: 2',
  })
  const entries = [
    ...story(FineTuneSnapshot)([pendingRun, { ...costs, updated_at: pendingRun.created_at + 90 }]),
    ...jobStory([queuedJob, runningJob, succeededJob], { events: jobEvents, checkpoints: [jobCheckpoint] }),
  ]
  expect(entries.filter(({ changes }) => changes.length === 0)).toEqual([])
  expect(entries.flatMap(({ changes }) => changes).every(({ operations }) => Array.isArray(operations))).toBe(
    true,
  )
})
