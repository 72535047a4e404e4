import type { DecodeError } from '@finetune-kit/codec'
import type { ReaderOptions } from '../Format.ts'
import { nestedTooDeep, tooManyValues } from '../json/walkJson.ts'

/** Counts what the record has that is read, so that its cost is bounded. */
export interface RecordCount {
  readonly maxDepth: number
  readonly maxValues: number
  /** An upper bound of its values. */
  values: number
  /** The items of its lists and maps. No more are kept than a record may have values. */
  items: number
  /** The limit that a part of it exceeds. */
  exceeded: string | undefined
}

export const recordCount = ({
  maxDepth,
  maxValues,
}: Required<Pick<ReaderOptions, 'maxDepth' | 'maxValues'>>): RecordCount => ({
  maxDepth,
  maxValues,
  values: 0,
  items: 0,
  exceeded: undefined,
})

/** Returns the limit that a record exceeds, if it does. Its values are only counted where they may. */
export const exceededLimit = (
  record: unknown,
  { maxValues, values, items, exceeded }: RecordCount,
): string | undefined => {
  if (exceeded !== undefined) return exceeded
  const isOver = items > maxValues || (values > maxValues && countValues(record) > maxValues)
  return isOver ? tooManyValues(maxValues) : undefined
}

/** Starts with the next record. */
export const resetCount = (count: RecordCount): void => {
  count.values = 1
  count.items = 0
  count.exceeded = undefined
}

/** Notes the limit that a JSON text in the record exceeds, if that is its error. */
export const noteLimit = (error: DecodeError, count: RecordCount): void => {
  const limits = [nestedTooDeep(count.maxDepth), tooManyValues(count.maxValues)]
  if (error._tag === 'Malformed' && limits.includes(error.reason)) count.exceeded ??= error.reason
}

const countValues = (record: unknown): number => {
  let values = 0
  const open: Array<unknown> = [record]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    values++
    if (typeof next === 'object' && next !== null) for (const inner of Object.values(next)) open.push(inner)
  }
  return values
}
