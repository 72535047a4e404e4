import { Identity } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { isPlainObject } from '@finetune-kit/codec/compile'
import { drawWhole } from './drawValue.ts'
import { type CodecNavigator, codecNavigator, itemName } from './codecNavigator.ts'
import { isArray, keysOf } from './json.ts'
import { structuralKey } from './structuralKey.ts'

/** A line of a record: a value without parts, or a list item that is its whole value. */
export interface RecordLine {
  /** The identity of the line across records. */
  readonly key: string
  readonly label: string
  readonly text: string
}

/** Below this depth a value is one line. */
const maxDepth = 64

/** Derives the lines of a record, in its order, named as the codec does. */
export const recordLines = (codec: t.Any) => {
  const root = codecNavigator(codec)
  return (value: unknown): ReadonlyArray<RecordLine> => {
    const found: Array<RecordLine> = []
    const seen = new Map<string, number>()
    const add = (names: ReadonlyArray<string>, text: string, value?: string) => {
      const label = names.length === 0 ? 'the record' : names.join(' › ')
      const key = value === undefined ? label : `${label}\0${value}`
      const count = seen.get(key) ?? 0
      seen.set(key, count + 1)
      found.push({ key: `${key}\0${count}`, label, text })
    }
    const go = (navigator: CodecNavigator | undefined, here: unknown, names: ReadonlyArray<string>): void => {
      const unit = navigator?.meta.unit
      if (isArray(here) && here.length > 0 && names.length < maxDepth) {
        for (const [i, item] of here.entries()) {
          const next = navigator?.at(String(i))
          if (next !== undefined && Identity.fromMeta(next.meta).by === 'value')
            add(names, itemText(next, item), structuralKey(item))
          else go(next, item, [...names, itemName(next, item, String(i))])
        }
      } else if (isPlainObject(here) && names.length < maxDepth && keysOf(here).length > 0) {
        for (const key of keysOf(here)) {
          const next = navigator?.at(key)
          go(next, here[key], [...names, next?.meta.title ?? key])
        }
      } else add(names, drawWhole(here, unit))
    }
    go(root, value, [])
    return found
  }
}

/** An item on one line: the values of its fields. */
const itemText = (navigator: CodecNavigator, item: unknown): string =>
  isPlainObject(item)
    ? keysOf(item)
        .toSorted()
        .map(key => drawWhole(item[key], navigator.at(key)?.meta.unit))
        .join(' · ')
    : drawWhole(item, navigator.meta.unit)
