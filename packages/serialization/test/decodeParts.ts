import type { ReadResult, ReaderOptions, RecordFormat } from '@finetune-kit/serialization'

/** The results of reading an input in these chunks. */
export const decodeParts =
  <A>(format: RecordFormat<A>, options?: ReaderOptions) =>
  (parts: ReadonlyArray<Uint8Array>): ReadonlyArray<ReadResult<A>> => {
    const reader = format.reader(options)
    const items: Array<ReadResult<A>> = []
    for (const part of parts) items.push(...reader.push(part))
    items.push(...reader.end())
    return items
  }
