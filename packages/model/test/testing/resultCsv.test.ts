import { readFileSync } from 'node:fs'
import { curvesOf, ResultFile } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import {
  fineTuneResultCsv,
  resultFilesOf,
  simulateJobs,
  simulateRuns,
  toNdjson,
} from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'

const sample = new URL('../../../../apps/ledger/samples/results.ndjson', import.meta.url)

const finished = simulateRuns().filter(run => run.status === 'succeeded')

test('fineTuneResultCsv writes files that are read without a problem', () => {
  expect(finished.length).toBeGreaterThan(3)
  for (const run of finished) {
    const results = ResultMetrics.parse(fineTuneResultCsv(run))
    expect(results.problems).toEqual([])
    expect(results.rows).toHaveLength(24)
    expect(fineTuneResultCsv(run)).toBe(fineTuneResultCsv(run))
  }
})

test('fineTuneResultCsv measures what the run has: validation and classes, with gaps', () => {
  const metrics = finished.map(run => {
    const curves = curvesOf({ results: [ResultMetrics.parse(fineTuneResultCsv(run))] })
    return curves.map(({ metric, points }) => `${metric} ${points.length}`)
  })
  expect(metrics).toContainEqual([
    'train_loss 24',
    'train_mean_token_accuracy 24',
    'train_sequence_accuracy 24',
  ])
  expect(metrics).toContainEqual([
    'train_loss 24',
    'valid_loss 3',
    'train_mean_token_accuracy 24',
    'valid_mean_token_accuracy 3',
    'train_sequence_accuracy 24',
    'valid_sequence_accuracy 3',
    'classification/accuracy 4',
    'classification/weighted_f1_score 4',
  ])
})

test('resultFilesOf writes the shipped sample: a file of each run that succeeded, in both families', () => {
  const files = resultFilesOf(simulateJobs(), simulateRuns())
  expect(toNdjson(files)).toBe(readFileSync(sample, 'utf8'))
  const jobs = simulateJobs().filter(job => job.results !== null)
  const succeeded = new Set([...jobs, ...finished].map(run => run.id))
  expect(new Set(files.map(file => file.run_id))).toEqual(succeeded)
  expect([jobs.length, succeeded.size - jobs.length].every(count => count >= 6)).toBe(true)
  for (const { record } of files) {
    if (!ResultFile.is(record)) throw new Error('no result file')
    expect(ResultMetrics.parse(record.content).problems).toEqual([])
  }
  const texts = files.map(({ record }) => JSON.stringify(record))
  expect(texts.some(text => text.includes('"content":"c3RlcC'))).toBe(true)
})
