/** Names of metrics in the data of events and in checkpoints of jobs, in the order of a report. */
const order = [
  'train_loss',
  'valid_loss',
  'full_valid_loss',
  'train_mean_token_accuracy',
  'valid_mean_token_accuracy',
  'full_valid_mean_token_accuracy',
  'train_sequence_accuracy',
  'valid_sequence_accuracy',
  'train_mean_reward',
  'valid_mean_reward',
  'full_valid_mean_reward',
]

/** Names of result files and of other places, by the name of the same metric in event data. */
const aliases = new Map([
  ['training_loss', 'train_loss'],
  ['training_token_accuracy', 'train_mean_token_accuracy'],
  ['training_sequence_accuracy', 'train_sequence_accuracy'],
  ['validation_loss', 'valid_loss'],
  ['validation_token_accuracy', 'valid_mean_token_accuracy'],
  ['validation_sequence_accuracy', 'valid_sequence_accuracy'],
  ['train_accuracy', 'train_mean_token_accuracy'],
  ['valid_accuracy', 'valid_mean_token_accuracy'],
  ['full_valid_accuracy', 'full_valid_mean_token_accuracy'],
  ['train_reward_mean', 'train_mean_reward'],
  ['valid_reward_mean', 'valid_mean_reward'],
  ['full_valid_reward_mean', 'full_valid_mean_reward'],
])

/** Numbers next to metrics that count something: positions on an axis, or totals. */
const counters = new Set(['step', 'total_steps', 'elapsed_tokens', 'elapsed_examples'])

/** Returns the one name of a metric; null for what counts steps, tokens or examples. */
export const metricName = (name: string): string | null =>
  counters.has(name) ? null : (aliases.get(name) ?? name)

/** The direction in which a metric gets better; null where it is not known. */
export const goalOf = (metric: string): 'minimize' | 'maximize' | null => {
  if (/loss|error/.test(metric)) return 'minimize'
  return /accuracy|reward|precision|recall|auroc|auprc|f\d/.test(metric) ? 'maximize' : null
}

/** Compares two metrics by their place in a report: known ones first, the others by name. */
export const compareMetrics = (a: string, b: string): number =>
  rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)

const rank = (metric: string): number => {
  const i = order.indexOf(metric)
  return i === -1 ? order.length : i
}
