import { RecordKind } from '@finetune-kit/model'
import type { Format, ReadResult } from '@finetune-kit/serialization'
import * as t from 'io-ts'

/** What the records of an input seem to be, judged by the first of them that looks like anything. */
export interface KindDetector {
  /** Whether the input is known after this piece of it. */
  readonly push: (piece: Uint8Array) => boolean
  /** No more of the input is to be had, or looked at. */
  readonly end: () => void
  readonly kind: () => RecordKind.RecordKind | undefined
  /** Why the first record looks like nothing, when one could be read at all. */
  readonly reason: () => string | undefined
}

/** `lists` are fields of the first record that stand elsewhere. */
export const kindDetector = (format: Format, lists: Readonly<Record<string, unknown>> = {}): KindDetector => {
  let kind: RecordKind.RecordKind | undefined
  let reason: string | undefined
  const free = format.of(t.unknown).reader()

  const take = (items: Iterable<ReadResult<unknown>>): void => {
    for (const item of items) {
      if (item._tag === 'Reject') continue
      const found = RecordKind.detect(isObject(item.value) ? { ...item.value, ...lists } : item.value)
      if (found._tag === 'Right') {
        kind = found.right
        return
      }
      reason ??= found.left
    }
  }
  return {
    push: piece => {
      take(free.push(piece))
      return kind !== undefined
    },
    end: () => take(free.end()),
    kind: () => kind,
    reason: () => reason,
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
