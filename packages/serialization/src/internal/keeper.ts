import { maxRaw } from '../Format.ts'
import { concat, copyOf } from './utf8.ts'

/** Collects the bytes of one record; of more than `max` of them no more than the first {@link maxRaw} are kept. */
export const keeper = (max: number) => {
  let parts: Array<Uint8Array> = []
  let kept = 0
  let size = 0
  return {
    /** Takes a copy: the caller may use its buffer again. `length` is said when these are only the first of so many bytes. */
    add: (bytes: Uint8Array, length = bytes.length): void => {
      size += length
      if (bytes.length > 0 && (size <= max || kept < maxRaw)) {
        parts.push(copyOf(bytes))
        kept += bytes.length
      }
      if (size <= max || kept <= maxRaw) return
      parts = [copyOf(concat(parts), 0, maxRaw)]
      kept = maxRaw
    },
    /** What was collected, and how many bytes there were; begins anew. */
    take: (): { readonly bytes: Uint8Array; readonly size: number } => {
      const taken = { bytes: concat(parts), size }
      parts = []
      kept = 0
      size = 0
      return taken
    },
  }
}
