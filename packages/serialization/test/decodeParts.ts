import type { Item, ReaderOptions, Records } from '@finetune-kit/serialization'

/** What a format makes of an input that comes in these parts. */
export const decodeParts =
  <A>(format: Records<A>, options?: ReaderOptions) =>
  (parts: ReadonlyArray<Uint8Array>): ReadonlyArray<Item<A>> => {
    const reader = format.reader(options)
    const items: Array<Item<A>> = []
    for (const part of parts) items.push(...reader.push(part))
    items.push(...reader.end())
    return items
  }
