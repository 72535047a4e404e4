import { Kind } from '@finetune-kit/model'
import type { Format, Reader } from '@finetune-kit/serialization'
import * as t from 'io-ts'

/** What the records of an input seem to be, judged by the first of them that looks like anything. */
export interface Judge {
  /** Whether the input is known after this piece of it. */
  readonly push: (piece: Uint8Array) => boolean
  /** No more of the input is to be had. */
  readonly end: () => void
  readonly kind: () => Kind.Kind | undefined
  /** Why the first record looks like nothing, when one could be read at all. */
  readonly reason: () => string | undefined
}

/** `lists` are fields of the first record that stand elsewhere. */
export const judgeOf = (format: Format, lists: Readonly<Record<string, unknown>> = {}): Judge => {
  let kind: Kind.Kind | undefined
  let reason: string | undefined
  const free = format.of(t.unknown).reader()
  // a format whose columns are the codec's can be read by the right codec only
  let bound: ReadonlyArray<readonly [Kind.Kind, Reader<unknown>]> | undefined

  const look = (items: ReturnType<Reader<unknown>['end']>, guess: (value: unknown) => void): void => {
    for (const item of items) {
      if (item._tag === 'Record') guess(item.value)
      if (kind !== undefined) return
    }
  }
  const take = (batch: (reader: Reader<unknown>) => ReturnType<Reader<unknown>['end']>): void => {
    look(batch(free), value => {
      const found = Kind.of(isObject(value) ? { ...value, ...lists } : value)
      if (found._tag === 'Right') kind = found.right
      else reason ??= found.left
    })
    if (kind !== undefined || reason !== undefined) return
    bound ??= Kind.all.map(known => [known, format.of(known.codec as t.Type<unknown>).reader()])
    for (const [known, reader] of bound) {
      if (kind !== undefined) return
      look(batch(reader), value => {
        if (known.guess(value as Readonly<Record<string, unknown>>)) kind = known
      })
    }
  }
  return {
    push: piece => {
      take(reader => reader.push(piece))
      return kind !== undefined
    },
    end: () => take(reader => reader.end()),
    kind: () => kind,
    reason: () => reason,
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
