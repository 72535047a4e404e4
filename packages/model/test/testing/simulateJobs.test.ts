import { readFileSync } from 'node:fs'
import { decode, draw } from '@finetune-kit/codec'
import {
  curvesOf,
  FineTuningJobCheckpoint,
  FineTuningJobEvent,
  FineTuningJobSnapshot,
  lint,
  Observation,
  progressOf,
  summaryOf,
} from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import { observationsOf, type SimulatedJob, simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import type * as t from 'io-ts'
import { expect, test } from 'vitest'

const sample = new URL('../../../../apps/ledger/samples/jobs.ndjson', import.meta.url)
const jobs = simulateJobs()

const last = (job: SimulatedJob): FineTuningJobSnapshot => job.snapshots.at(-1) as FineTuningJobSnapshot
const summaries = jobs.map(job => {
  const results = job.results === null ? [] : [ResultMetrics.parse(job.results)]
  return summaryOf(last(job), { ...job, results })
})

const refused = <A, O>(codec: t.Type<A, O>, value: unknown): string | null => {
  const result = decode(codec)(value)
  return result._tag === 'Left' ? draw(result.left) : null
}

// after a change of the simulator: pnpm --filter @finetune-kit/ledger sample
test('simulateJobs writes the shipped sample, byte for byte', () => {
  expect(toNdjson(observationsOf(jobs))).toBe(readFileSync(sample, 'utf8'))
})

test('simulateJobs is the same for the same seed, and another for another', () => {
  expect(simulateJobs(3)).toEqual(simulateJobs(3))
  expect(simulateJobs(3)[0]?.id).not.toBe(simulateJobs(4)[0]?.id)
})

test('simulateJobs makes records that the codecs accept', () => {
  for (const job of jobs) {
    for (const snapshot of job.snapshots) expect(refused(FineTuningJobSnapshot, snapshot)).toBeNull()
    for (const event of job.events) expect(refused(FineTuningJobEvent, event)).toBeNull()
    for (const checkpoint of job.checkpoints) expect(refused(FineTuningJobCheckpoint, checkpoint)).toBeNull()
    for (const seen of job.observations) expect(refused(Observation, seen)).toBeNull()
  }
})

test('simulateJobs plays at least twelve jobs, each course at least once', () => {
  expect(new Set(jobs.map(job => job.id)).size).toBeGreaterThanOrEqual(12)
  expect(new Set(summaries.map(summary => summary.method))).toEqual(
    new Set(['supervised', 'dpo', 'reinforcement']),
  )
  expect(new Set(summaries.map(summary => summary.phase))).toEqual(
    new Set(['succeeded', 'failed', 'cancelled', 'paused', 'training', 'queued']),
  )
  expect(jobs.some(job => !('organization_id' in last(job)))).toBe(true)
  expect(jobs.some(job => !('seed' in last(job)) && 'organization_id' in last(job))).toBe(true)
})

test('simulateJobs tells a life in the order of time, and what it tells agrees', () => {
  for (const job of jobs) {
    const times = job.observations.map(seen => seen.seen_at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(job.observations).toHaveLength(job.snapshots.length + job.events.length + job.checkpoints.length)
    expect(lint(last(job)).map(warning => warning.message)).toEqual([])
    // the events alone tell the same end as the last snapshot
    const { phase } = progressOf(last(job))
    if (phase === 'succeeded' || phase === 'failed')
      expect(progressOf({ ...last(job), status: 'running' }, { events: job.events }).phase).toBe(phase)
  }
})

test('simulateJobs writes result files that agree with events and checkpoints', () => {
  const finished = jobs.filter(job => job.results !== null)
  expect(finished.length).toBeGreaterThanOrEqual(6)
  for (const job of finished) {
    const results = ResultMetrics.parse(job.results ?? '')
    expect(results.problems).toEqual([])
    const [fromFile] = curvesOf({ results: [results] })
    const [fromEvents] = curvesOf({ events: job.events, checkpoints: job.checkpoints })
    const known = new Map(fromFile?.points.map(point => [point.step, point.value]))
    expect(fromEvents?.metric).toBe(fromFile?.metric)
    for (const point of fromEvents?.points ?? []) expect(known.get(point.step)).toBe(point.value)
  }
})
