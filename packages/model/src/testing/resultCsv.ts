import type { FineTuneSnapshot } from '../FineTuneSnapshot.ts'
import { seeded, seedOf } from './Random.ts'
import type { SimulatedStep } from './trainingCurve.ts'

/** Writes the result file of a job: every step, empty cells where nothing was measured. */
export const jobResultCsv = (steps: ReadonlyArray<SimulatedStep>): string => {
  const isReward = steps.some(({ metrics }) => 'train_mean_reward' in metrics)
  const columns = isReward ? rewardColumns : lossColumns
  return table(
    ['step', ...columns.keys()],
    steps.map(({ step, metrics }) => [step, ...[...columns.values()].map(name => metrics[name])]),
  )
}

/** The columns of `step_metrics.csv`, by the names of event data. */
const lossColumns = new Map([
  ['train_loss', 'train_loss'],
  ['train_accuracy', 'train_mean_token_accuracy'],
  ['valid_loss', 'valid_loss'],
  ['valid_mean_token_accuracy', 'valid_mean_token_accuracy'],
])
const rewardColumns = new Map([
  ['train_mean_reward', 'train_mean_reward'],
  ['full_valid_mean_reward', 'full_valid_mean_reward'],
])

/**
 * Writes the result file of a fine-tune, `compiled_results.csv`: validation in about every eighth
 * row, classification once an epoch. The same run gives the same file.
 */
export const fineTuneResultCsv = (run: FineTuneSnapshot): string => {
  const random = seeded(seedOf(run.id))
  const steps = 24
  const batch = run.hyperparams.batch_size ?? 1
  const hasValidation = run.validation_files.length > 0
  const isClassifier = run.hyperparams.compute_classification_metrics === true
  const rows = Array.from({ length: steps }, (_, i) => {
    const noise = random.int(-50, 50) / 1000
    const loss = Math.round(1e4 * (0.3 + 1.4 * Math.exp((-3 * i) / steps) + noise)) / 1e4
    const accuracy = Math.round(1e4 * (0.9 - 0.25 * loss)) / 1e4
    const isMeasured = hasValidation && i % 8 === 0
    const isEpoch = isClassifier && (i + 1) % 6 === 0
    return [
      i + 1,
      (i + 1) * batch * 57,
      (i + 1) * batch,
      loss,
      i < steps / 2 ? 0 : 0.25,
      accuracy,
      ...(hasValidation
        ? [
            isMeasured ? loss + 0.1 : undefined,
            isMeasured ? 0 : undefined,
            isMeasured ? accuracy - 0.02 : undefined,
          ]
        : []),
      ...(isClassifier ? [isEpoch ? accuracy : undefined, isEpoch ? accuracy - 0.05 : undefined] : []),
    ]
  })
  return table(
    [
      ...legacyColumns('training'),
      ...(hasValidation ? legacyColumns('validation').slice(3) : []),
      ...(isClassifier ? ['classification/accuracy', 'classification/weighted_f1_score'] : []),
    ],
    rows,
  )
}

const legacyColumns = (part: string): ReadonlyArray<string> => [
  'step',
  'elapsed_tokens',
  'elapsed_examples',
  ...['loss', 'sequence_accuracy', 'token_accuracy'].map(name => `${part}_${name}`),
]

const table = (
  header: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<number | undefined>>,
): string =>
  [header, ...rows.map(row => row.map(cell => (cell === undefined ? '' : decimal(cell))))]
    .map(cells => `${cells.join(',')}\n`)
    .join('')

/** At most five decimals: sums of decimals are not exact. */
const decimal = (x: number): string => String(Math.round(1e5 * x) / 1e5)
