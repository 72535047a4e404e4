import type { Change } from './Change.ts'
import type { ChangeRule } from './Narrator.ts'

/**
 * Describes the hyperparameters under `key`; `open` are the values that leave one to the service.
 */
export const hyperparameters =
  (key: string, open: ReadonlyArray<unknown>): ChangeRule<unknown> =>
  ({ b, delta, placeOf }) =>
    delta.flatMap((operation): ReadonlyArray<Change> => {
      if (operation.op !== 'replace' || !operation.path.startsWith(`/${key}/`)) return []
      const { was, value, path } = operation
      const place = placeOf(path, b)
      // a hyperparameter by itself: what is nested deeper, or not known, its field tells
      if (!place.known || place.names.length !== 2 || open.includes(value)) return []
      return open.includes(was)
        ? [{ _tag: 'HyperparameterResolved', place, value, operations: [operation] }]
        : [{ _tag: 'HyperparameterChanged', place, was, value, operations: [operation] }]
    })
