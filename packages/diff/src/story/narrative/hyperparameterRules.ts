import { isPlainObject } from '@finetune-kit/codec/compile'
import type { Operation } from '../../Operation.ts'
import { get } from '../../internal/json.ts'
import type { Change } from './RunChange.ts'
import type { ChangeRule } from './Narrator.ts'

/**
 * Describes the hyperparameters under `key`; `open` are the values that leave one to the service.
 */
export const hyperparameters =
  (key: string, open: ReadonlyArray<unknown>): ChangeRule<unknown> =>
  ({ a, b, delta, placeOf }) =>
    delta.flatMap((operation): ReadonlyArray<Change> => {
      if (!('value' in operation) || !operation.path.startsWith(`/${key}/`)) return []
      const { value, path } = operation
      const place = placeOf(path, b)
      // a hyperparameter by itself: nested or unknown ones are shown as fields
      if (!place.known || place.names.length !== 2 || open.includes(value)) return []
      const was = 'was' in operation ? operation.was : nullAt(a, key, path.slice(key.length + 2))
      if (was === undefined) return []
      const operations = [operation, ...delta.filter(isTwin(path, value))]
      return open.includes(was)
        ? [{ _tag: 'HyperparameterResolved', place, value, operations }]
        : [{ _tag: 'HyperparameterChanged', place, was, value, operations }]
    })

/** A job has its hyperparameters twice: at the top, and in the settings of its method. */
const isTwin = (path: string, value: unknown) => (operation: Operation) =>
  'value' in operation &&
  operation.value === value &&
  operation.path.startsWith('/method/') &&
  operation.path.endsWith(path)

/** Null if the record has one there, which its comparable form leaves out. */
const nullAt = (record: unknown, key: string, name: string): null | undefined => {
  const fields = isPlainObject(record) ? get(record, key) : undefined
  return isPlainObject(fields) && get(fields, name) === null ? null : undefined
}
