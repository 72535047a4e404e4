import { type FineTuningJobEvent, FineTuneSnapshot, FineTuningJobSnapshot } from '@finetune-kit/model'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { story, type StoryEntry, storyText } from '@finetune-kit/diff/story'
import {
  jobCheckpoint,
  jobEvents,
  pendingRun,
  queuedJob,
  runningJob,
  succeededJob,
  succeededRun,
} from '../samples.ts'

const start = queuedJob.created_at
const jobStory = story(FineTuningJobSnapshot)

const said = (seconds: number, message: string): FineTuningJobEvent => ({
  ...(jobEvents[0] as FineTuningJobEvent),
  id: `ftevent-${seconds}`,
  created_at: start + seconds,
  message,
})

/** The times at which the status changed, from the creation on. */
const moves = (entries: ReadonlyArray<StoryEntry>) =>
  entries.flatMap(({ at, changes }) =>
    changes.flatMap(change =>
      change._tag === 'StatusMoved' ? [[change.to, at === null ? null : at - start]] : [],
    ),
  )

test.each(['failed', 'cancelled'])('story tells %s and queued at the times of their events', status => {
  const jobs = ['validating_files', 'queued', status].map(word =>
    Object.assign({}, queuedJob, { status: word }),
  )
  const events = [
    said(30, 'Files validated, moving job to queued state'),
    said(90, `Fine-tuning job ${status}`),
  ]
  expect(moves(jobStory(jobs, { seenAt: [3, 1000, 2000].map(s => start + s), events }))).toEqual([
    ['queued', 30],
    [status, 90],
  ])
})

test('story orders snapshots by stage unless it is known when each of them was seen', () => {
  for (const seenAt of [[], [null, start + 120], [start + 120, null]])
    expect(moves(jobStory([runningJob, queuedJob], { seenAt })).map(([to]) => to)).toEqual(['running'])
})

test('story joins no snapshots that have no time, and keeps the indexes of those that have one', () => {
  const jobs = ['a', 'b', 'c'].map(version => Object.assign({}, queuedJob, { metadata: { version } }))
  const untimed = jobStory(jobs, { checkpoints: [jobCheckpoint] })
  expect(untimed.map(({ at, snapshot }) => [at, snapshot])).toEqual([
    [start, 0],
    [null, 1],
    [null, 2],
    [jobCheckpoint.created_at, null],
  ])
  const timed = jobStory([queuedJob, runningJob, succeededJob], { events: jobEvents })
  expect(timed.flatMap(({ at, snapshot }) => (snapshot === null ? [] : [[at, snapshot]]))).toEqual([
    [start, 0],
    [start + 90, 1],
    [start + 600, 2],
  ])
})

test('story of a job tells its cost where prices are all that is known besides', () => {
  const prices = { 'gpt-4o-mini-2024-07-18': 3 }
  expect(storyText(jobStory([succeededJob], { prices }))).toContain('+ cost known: $0.06')
})

test('story of a fine-tune whose events tell its tokens tells its cost', () => {
  const billed = {
    object: 'fine-tune-event',
    created_at: succeededRun.updated_at,
    level: 'info',
    message: 'Training tokens billed: 20000.',
  }
  const events = [...(succeededRun.events ?? []), billed]
  const text = storyText(story(FineTuneSnapshot)([{ ...succeededRun, events }], { prices: { curie: 3 } }))
  expect(text).toContain('+ cost known: $0.06')
})

test('story of an ended job that was not followed tells how it was first seen', () => {
  const cancelled = { ...queuedJob, status: 'cancelled' }
  const events = jobEvents.slice(0, 3)
  expect(storyText(jobStory([cancelled], { events }))).toContain('+ first seen as cancelled, created at')
  const seen = storyText(jobStory([cancelled], { events, seenAt: [start + 86_400] }))
  expect(seen).toContain('2023-11-15T22:13:20Z\n  + first seen as cancelled')
  expect(seen.match(/created/g)).toHaveLength(1)
  const ended = storyText(jobStory([succeededJob], { events: jobEvents, seenAt: [start + 86_400] }))
  expect(ended).toContain('2023-11-14T22:23:20Z\n  + ended: succeeded')
  expect(ended).not.toContain('first seen')
})

test('story of a run that was seen late tells its creation once, and no time after that of its entry', () => {
  const jobs = [runningJob, succeededJob]
  const seenAt = [start + 300, start + 700]
  const text = storyText(jobStory(jobs, { events: jobEvents, seenAt }))
  expect(text).toContain('2023-11-14T22:14:50Z\n  + first seen as running\n  + training started')
  expect(text.match(/ created,| created at/g)).toHaveLength(1)
  expect(storyText(jobStory(jobs, { seenAt }))).toContain(
    '2023-11-14T22:18:20Z\n  + first seen at 2023-11-14T22:18:20Z, running, created at',
  )
})

test('story tells no time of snapshots that were seen after the end that a later one tells', () => {
  const seenAt = [1, 2, 3].map(s => start + 86_400 + s)
  const entries = jobStory([queuedJob, runningJob, succeededJob], { seenAt })
  expect(entries.map(({ at, snapshot }) => [at, snapshot])).toEqual([
    [null, 0],
    [null, 1],
    [start + 600, 2],
  ])
})

test('story tells no later date next to the events of a fine-tune', () => {
  const events = [
    {
      object: 'fine-tune-event',
      created_at: pendingRun.created_at + 60,
      level: 'info',
      message: 'Fine-tune is in the queue. Queue number: 2',
    },
  ]
  const later = { ...pendingRun, updated_at: pendingRun.updated_at + 90 }
  expect(storyText(story(FineTuneSnapshot)([pendingRun, later]))).not.toContain('later')
  expect(storyText(story(FineTuneSnapshot)([pendingRun, later], { events }))).not.toContain('later')
})

test('story tells records of several kinds field by field', () => {
  const text = storyText(story(t.unknown)([queuedJob, succeededRun]))
  expect(text).toContain('snapshot 1\n  nothing changed\nsnapshot 2\n')
  expect(text).toContain('object: "fine_tuning.job" → "fine-tune"')
})
