/** A step of a job, as its event says it, with metrics named as in result files. */
export interface StepMessage {
  readonly _tag: 'Step'
  readonly done: number
  readonly total: number | null
  readonly metrics: Readonly<Record<string, number>>
}

// as many digits as a double holds exactly, and no sign
const n = String.raw`(\d{1,15})`
// reinforcement jobs write a space and a comma where the others write a colon
const head = RegExp(`^Step ${n}(?:/${n})?(?:: | , )`)
const metric = /^[A-Za-z][A-Za-z ]{0,79}=-?\d{1,21}(?:\.\d{1,40})?(?:e[-+]?\d{1,3})?$/

/** Metrics by their words in messages, in the order in which the service writes them. */
const names = new Map([
  ['training loss', 'train_loss'],
  ['validation loss', 'valid_loss'],
  ['full validation loss', 'full_valid_loss'],
  ['train mean reward', 'train_mean_reward'],
  ['validation mean reward', 'valid_mean_reward'],
  ['full validation mean reward', 'full_valid_mean_reward'],
  ['full validation mean parse error', 'full_valid_mean_parse_error'],
])
const words = new Map([...names].map(([text, name]) => [name, text]))

/** Reads `Step k/n: training loss=x, …`; null for any other message. */
export const decode = (message: string): StepMessage | null => {
  const found = head.exec(message)
  if (found === null) return null
  // an entry a metric: a step with more of them than this is not one
  const parts = message.slice(found[0].length).split(', ', 100)
  if (parts.length === 100) return null
  const metrics: Record<string, number> = {}
  for (const part of parts) {
    if (!metric.test(part)) return null
    const end = part.indexOf('=')
    const value = Number(part.slice(end + 1)) + 0 // no negative zero
    if (!Number.isFinite(value)) return null
    const said = part.slice(0, end)
    metrics[names.get(said) ?? said.replaceAll(' ', '_')] = value
  }
  const total = found[2] === undefined ? null : Number(found[2])
  return { _tag: 'Step', done: Number(found[1]), total, metrics }
}

/** Writes a step in the words of the service. */
export const encode = ({ done, total, metrics }: StepMessage): string => {
  const entries = Object.entries(metrics)
  const separator = entries.some(([name]) => name.endsWith('_reward')) ? ' , ' : ': '
  const texts = entries.map(([name, x]) => `${words.get(name) ?? name.replaceAll('_', ' ')}=${number(x)}`)
  return `Step ${done}${total === null ? '' : `/${total}`}${separator}${texts.join(', ')}`
}

/** Two decimals, as the service writes them, unless that would change the number. */
const number = (x: number): string => (Number(x.toFixed(2)) === x ? x.toFixed(2) : String(x))
