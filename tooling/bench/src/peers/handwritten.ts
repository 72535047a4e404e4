/** Handwritten checks of a finished run, field by field: the ceiling, or close to it. */
export const handwritten = (u: unknown): boolean =>
  isObject(u) &&
  typeof u['id'] === 'string' &&
  typeof u['object'] === 'string' &&
  Number.isSafeInteger(u['created_at']) &&
  Number.isSafeInteger(u['updated_at']) &&
  typeof u['model'] === 'string' &&
  typeof u['fine_tuned_model'] === 'string' &&
  typeof u['organization_id'] === 'string' &&
  typeof u['status'] === 'string' &&
  isHyperparams(u['hyperparams']) &&
  areAll(u['training_files'], isFile) &&
  areAll(u['validation_files'], isFile) &&
  areAll(u['result_files'], isFile) &&
  (u['events'] === undefined || areAll(u['events'], isEvent))

const isObject = (u: unknown): u is Record<string, unknown> =>
  typeof u === 'object' && u !== null && !Array.isArray(u)

const areAll = (u: unknown, is: (item: unknown) => boolean): boolean => {
  if (!Array.isArray(u)) return false
  for (let i = 0; i < u.length; i++) if (!is(u[i])) return false
  return true
}

const isHyperparams = (u: unknown): boolean =>
  isObject(u) &&
  Number.isSafeInteger(u['n_epochs']) &&
  Number.isSafeInteger(u['batch_size']) &&
  Number.isFinite(u['learning_rate_multiplier']) &&
  Number.isFinite(u['prompt_loss_weight']) &&
  (u['compute_classification_metrics'] === undefined ||
    typeof u['compute_classification_metrics'] === 'boolean') &&
  (u['classification_n_classes'] === undefined || Number.isSafeInteger(u['classification_n_classes'])) &&
  (u['classification_positive_class'] === undefined || typeof u['classification_positive_class'] === 'string')

const isFile = (u: unknown): boolean =>
  isObject(u) &&
  typeof u['id'] === 'string' &&
  typeof u['object'] === 'string' &&
  Number.isSafeInteger(u['bytes']) &&
  Number.isSafeInteger(u['created_at']) &&
  typeof u['filename'] === 'string' &&
  typeof u['purpose'] === 'string' &&
  (u['status'] === undefined || typeof u['status'] === 'string') &&
  (u['status_details'] === undefined ||
    u['status_details'] === null ||
    typeof u['status_details'] === 'string') &&
  (u['expires_at'] === undefined || Number.isSafeInteger(u['expires_at']))

const isEvent = (u: unknown): boolean =>
  isObject(u) &&
  typeof u['object'] === 'string' &&
  Number.isSafeInteger(u['created_at']) &&
  typeof u['level'] === 'string' &&
  typeof u['message'] === 'string'
