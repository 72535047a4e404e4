import { isPlainObject } from '@finetune-kit/codec/compile'
import type { Operation } from '../../Operation.ts'
import { get } from '../../internal/json.ts'
import type { Change } from './RunChange.ts'
import type { ChangeRule } from './Narrator.ts'

/**
 * Describes the hyperparameters under `key`, at the top and in the settings of a method; `open` are
 * the values that leave one to the service.
 */
export const hyperparameters = (key: string, open: ReadonlyArray<unknown>): ChangeRule<unknown> => {
  // a hyperparameter by itself: nested ones are shown as fields
  const pattern = RegExp(`^((?:/method/[^/]+)?/${key})/([^/]+)$`)
  return ({ a, b, delta, placeOf }) => {
    const told = new Set<Operation>()
    return delta.flatMap((operation): ReadonlyArray<Change> => {
      const name = pattern.exec(operation.path)?.[2]
      if (name === undefined || !('value' in operation) || told.has(operation)) return []
      const { value, path } = operation
      const { names, ...rest } = placeOf(path, b)
      if (!rest.known || open.includes(value)) return []
      const was = 'was' in operation ? operation.was : nullAt(a, path)
      if (was === undefined) return []
      // a job may have one twice: at the top, and in the settings of its method
      const operations = delta.filter(
        other => 'value' in other && other.value === value && pattern.exec(other.path)?.[2] === name,
      )
      for (const one of operations) told.add(one)
      const place = { ...rest, names: names.slice(-2) }
      return open.includes(was)
        ? [{ _tag: 'HyperparameterResolved', place, value, operations }]
        : [{ _tag: 'HyperparameterChanged', place, was, value, operations }]
    })
  }
}

/** Null if the record has one there, which its comparable form leaves out. */
const nullAt = (record: unknown, path: string): null | undefined => {
  let value = record
  for (const key of path.slice(1).split('/')) value = isPlainObject(value) ? get(value, key) : undefined
  return value === null ? null : undefined
}
