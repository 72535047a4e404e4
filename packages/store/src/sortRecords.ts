import { type DecodeError, draw } from '@finetune-kit/codec'
import type { Observation, WatchRecord } from '@finetune-kit/model'
import { keyByValue, numberEqual } from './eventKeys.ts'
import {
  incoming,
  type IncomingAnnotation,
  type IncomingItem,
  type IncomingSnapshot,
  type Unwanted,
} from './Incoming.ts'

/** The position of a record in its input. */
export interface Position {
  readonly offset: number
  readonly line?: number
  /** The number of the record, from 1, where the input has no lines. */
  readonly record?: number
}

/** An observation with its position in the input, or a record of the input that cannot be read. */
export type ImportRecord =
  | (Position & { readonly _tag: 'Record'; readonly value: Observation })
  | (Position & {
      readonly _tag: 'Reject'
      readonly error: DecodeError
      readonly records?: number
      /** The error is that of the reject before it. */
      readonly isRepeat?: true
      /** The beginning of the record as it came. */
      readonly raw?: Uint8Array
    })

/** A record that is not kept: where it is, the reason, and the beginning of the record itself. */
export interface Rejected extends Position {
  readonly reason: string
  readonly raw: string
  /** Number of records lost. Default: 1. */
  readonly records?: number
  /** The reason is that of one before it, so that it need not be shown again. */
  readonly isRepeat?: true
}

/** A value with the position that it comes from, which a later refusal names. */
export interface Placed<A> {
  readonly value: A
  readonly position: Position
  readonly raw: string
}

/** The records of a batch by what they are. */
export interface SortedRecords {
  readonly snapshots: Array<IncomingSnapshot>
  readonly items: Array<IncomingItem & { readonly runKey: string }>
  /** Result files whose run is told by their names. */
  readonly results: Array<Placed<IncomingItem>>
  readonly annotations: Array<Placed<IncomingAnnotation>>
  readonly watches: Array<WatchRecord>
  readonly rejected: Array<Rejected>
  /** The number of rejected records: one reject may stand for several. */
  lost: number
}

/** Characters of a rejected record that are kept. */
const maxRaw = 1000

export interface SortOptions {
  /** The time of observations that nobody made. */
  readonly unseenAt?: number | undefined
  /**
   * True if watches are taken: each names an address and a variable with a key to send there, which
   * a file of anybody must not choose. Default: they are rejected.
   */
  readonly takesWatches?: boolean | undefined
}

const noWatch: Unwanted = {
  _tag: 'Unwanted',
  reason: 'a watch of another database. Import it with finetune import',
}

const noRecords = (): SortedRecords => ({
  snapshots: [],
  items: [],
  results: [],
  annotations: [],
  watches: [],
  rejected: [],
  lost: 0,
})

/**
 * Sorts the records of one import, next to those of the same batch that are sorted already. Equal
 * items without ids are counted over the whole import: the store keeps as many as the import with
 * the most of them had.
 */
export const sorter = ({ unseenAt, takesWatches = false }: SortOptions = {}) => {
  const sortOne = incoming(unseenAt)
  const numberOf = numberEqual()
  const timesTold = numberEqual()
  const numbered = <I extends IncomingItem>(item: I): I => {
    if (!item.isByValue) return item
    const number = numberOf(`${item.runKey}\n${item.kind.name}\n${item.itemKey}`)
    return { ...item, itemKey: keyByValue(item.itemKey, number) }
  }
  return (coming: Iterable<ImportRecord>, sorted: SortedRecords = noRecords()): SortedRecords => {
    for (const result of coming) {
      if (result._tag === 'Reject') {
        sorted.lost += result.records ?? 1
        const { error, records, isRepeat } = result
        sorted.rejected.push({
          ...positionOf(result),
          reason: draw(error),
          raw: new TextDecoder().decode(result.raw),
          ...(records === undefined ? {} : { records }),
          ...(isRepeat && { isRepeat }),
        })
        continue
      }
      const one = sortOne(result.value)
      if (one._tag === 'Snapshot') {
        sorted.snapshots.push(one)
        continue
      }
      if (one._tag === 'Item' && hasRun(one)) {
        sorted.items.push(numbered(one))
        continue
      }
      if (one._tag === 'Watch' && takesWatches) {
        sorted.watches.push(one.value)
        continue
      }
      const position = positionOf(result)
      const raw = JSON.stringify(result.value.record).slice(0, maxRaw)
      if (one._tag === 'Item') sorted.results.push({ value: one, position, raw })
      else if (one._tag === 'Annotation') sorted.annotations.push({ value: one, position, raw })
      else {
        sorted.lost++
        const { reason, isCommon = false } = one._tag === 'Watch' ? noWatch : one
        const isRepeat = isCommon && timesTold(reason) > 0
        sorted.rejected.push({ ...position, reason, raw, ...(isRepeat && { isRepeat }) })
      }
    }
    return sorted
  }
}

const hasRun = (item: IncomingItem): item is IncomingItem & { readonly runKey: string } =>
  item.runKey !== undefined

const positionOf = ({ offset, line, record }: Position): Position => ({
  offset,
  ...(line === undefined ? {} : { line }),
  ...(record === undefined ? {} : { record }),
})
