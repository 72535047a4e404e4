import { isObservation } from '@finetune-kit/archive'
import { RecordKind } from '@finetune-kit/model'

/** The records of a value: the items of a list, also of one that was observed, else itself. */
export const recordsOf = (value: unknown): ReadonlyArray<unknown> => {
  if (!isObservation(value)) return itemsOf(value)
  const items = itemsOf(value.record)
  return items[0] === value.record ? [value] : items.map(record => Object.assign({}, value, { record }))
}

const itemsOf = (value: unknown): ReadonlyArray<unknown> => {
  const kind = RecordKind.detect(value)
  if (kind._tag === 'Left' || !kind.right.isList) return [value]
  return (value as { readonly data: ReadonlyArray<unknown> }).data
}
