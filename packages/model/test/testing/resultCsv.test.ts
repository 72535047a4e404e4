import { curvesOf } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import { fineTuneResultCsv, simulateRuns } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'

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
