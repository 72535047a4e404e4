import type { Delta } from '@finetune-kit/diff'

/** Handwritten equality and difference of two finished runs: what generated code can hope to reach. */

type Fields = Readonly<Record<string, unknown>>
type Same = (a: unknown, b: unknown) => boolean

/** True if two objects have the same known fields and, counted, no others; else all keys decide. */
const sameFields = (a: Fields, b: Fields, known: number, others: number): boolean =>
  known === others || sameKeys(a, b)

const sameKeys = (a: Fields, b: Fields): boolean => {
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && sameAny(a[key], b[key]))
  )
}

const sameAny: Same = (a, b) =>
  Object.is(a, b) ||
  (Array.isArray(a)
    ? Array.isArray(b) && sameList(a, b, sameAny)
    : isObject(a) && isObject(b) && !Array.isArray(b) && sameKeys(a, b))

const isObject = (u: unknown): u is Fields => typeof u === 'object' && u !== null

/** The number of keys of an object, without a list of them. */
const countOf = (a: Fields): number => {
  let n = 0
  for (const key in a) if (key !== '') n++
  return n
}

const sameList = (a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>, same: Same): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false
  return true
}

const sameEvent: Same = (u, v) => {
  const [a, b] = [u as Fields, v as Fields]
  return (
    a['object'] === b['object'] &&
    a['created_at'] === b['created_at'] &&
    a['level'] === b['level'] &&
    a['message'] === b['message'] &&
    sameFields(a, b, countOf(a) - 4, countOf(b) - 4)
  )
}

const sameFile: Same = (u, v) => {
  const [a, b] = [u as Fields, v as Fields]
  return (
    a['object'] === b['object'] &&
    a['id'] === b['id'] &&
    a['purpose'] === b['purpose'] &&
    a['filename'] === b['filename'] &&
    a['bytes'] === b['bytes'] &&
    a['created_at'] === b['created_at'] &&
    a['status'] === b['status'] &&
    a['status_details'] === b['status_details'] &&
    a['expires_at'] === b['expires_at'] &&
    countOf(a) === countOf(b) &&
    (countOf(a) <= 8 || sameKeys(a, b))
  )
}

const sameHyperparams: Same = (u, v) => {
  const [a, b] = [u as Fields, v as Fields]
  return (
    a['n_epochs'] === b['n_epochs'] &&
    a['batch_size'] === b['batch_size'] &&
    a['prompt_loss_weight'] === b['prompt_loss_weight'] &&
    a['learning_rate_multiplier'] === b['learning_rate_multiplier'] &&
    a['compute_classification_metrics'] === b['compute_classification_metrics'] &&
    a['classification_n_classes'] === b['classification_n_classes'] &&
    a['classification_positive_class'] === b['classification_positive_class'] &&
    countOf(a) === countOf(b) &&
    (countOf(a) <= 6 || sameKeys(a, b))
  )
}

const list =
  (same: Same): Same =>
  (a, b) =>
    a === b || (Array.isArray(a) && Array.isArray(b) && sameList(a, b, same))

const files = list(sameFile)
const events = list(sameEvent)

const leaves = [
  'id',
  'object',
  'created_at',
  'updated_at',
  'model',
  'fine_tuned_model',
  'organization_id',
  'status',
] as const
const ownKeys = leaves.length + 5

/** True if two runs are equal. Unknown keys are counted, and compared where there are any. */
export const equals = (a: Fields, b: Fields): boolean =>
  a['id'] === b['id'] &&
  a['object'] === b['object'] &&
  a['created_at'] === b['created_at'] &&
  a['updated_at'] === b['updated_at'] &&
  a['model'] === b['model'] &&
  a['fine_tuned_model'] === b['fine_tuned_model'] &&
  a['organization_id'] === b['organization_id'] &&
  a['status'] === b['status'] &&
  sameHyperparams(a['hyperparams'], b['hyperparams']) &&
  files(a['training_files'], b['training_files']) &&
  files(a['validation_files'], b['validation_files']) &&
  files(a['result_files'], b['result_files']) &&
  events(a['events'], b['events']) &&
  countOf(a) === countOf(b) &&
  (countOf(a) <= ownKeys || sameKeys(a, b))

type Operations = Array<Delta.Operation>

const replace = (a: Fields, b: Fields, key: string, operations: Operations): void => {
  operations.push({ op: 'replace', path: `/${key}`, was: a[key], value: b[key] })
}

const items = (a: Fields, b: Fields, key: string, same: Same, operations: Operations): void => {
  const [old, now] = [a[key] as ReadonlyArray<unknown>, b[key] as ReadonlyArray<unknown>]
  let i = 0
  while (i < old.length && i < now.length && same(old[i], now[i])) i++
  if (i < old.length) return replace(a, b, key, operations)
  for (; i < now.length; i++) operations.push({ op: 'add', path: `/${key}/${i}`, value: now[i] })
}

/** The operations from one run to another, which has the same items in its lists, or more of them. */
export const diff = (a: Fields, b: Fields): ReadonlyArray<Delta.Operation> => {
  const all: Operations = []
  if (a['id'] !== b['id']) replace(a, b, 'id', all)
  if (a['object'] !== b['object']) replace(a, b, 'object', all)
  if (a['created_at'] !== b['created_at']) replace(a, b, 'created_at', all)
  if (a['updated_at'] !== b['updated_at']) replace(a, b, 'updated_at', all)
  if (a['model'] !== b['model']) replace(a, b, 'model', all)
  if (a['fine_tuned_model'] !== b['fine_tuned_model']) replace(a, b, 'fine_tuned_model', all)
  if (a['organization_id'] !== b['organization_id']) replace(a, b, 'organization_id', all)
  if (a['status'] !== b['status']) replace(a, b, 'status', all)
  if (!sameHyperparams(a['hyperparams'], b['hyperparams'])) replace(a, b, 'hyperparams', all)
  items(a, b, 'training_files', sameFile, all)
  items(a, b, 'validation_files', sameFile, all)
  items(a, b, 'result_files', sameFile, all)
  items(a, b, 'events', sameEvent, all)
  if (countOf(a) > ownKeys || countOf(b) > ownKeys)
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      if (!known.has(key) && !sameAny(a[key], b[key])) replace(a, b, key, all)
  return all
}

const known = new Set<string>([
  ...leaves,
  'hyperparams',
  'training_files',
  'validation_files',
  'result_files',
  'events',
])
