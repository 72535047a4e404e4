import type { ReadResult, ReaderOptions, Tables } from '@finetune-kit/serialization'

/** The results of reading whole tables, in chunks of a size, each when it is wanted. */
export const decodeTables =
  <A>({ reader: open }: Tables<A>, size = Number.POSITIVE_INFINITY, options?: ReaderOptions) =>
  (inputs: ReadonlyArray<Uint8Array>): ReadonlyArray<ReadResult<A>> => {
    const reader = open(options)
    const at = inputs.map(() => 0)
    const items: Array<ReadResult<A>> = []
    for (let table = reader.wants(); table !== undefined; table = reader.wants()) {
      const input = inputs[table] ?? new Uint8Array(0)
      const from = at[table] ?? 0
      at[table] = from + size
      items.push(
        ...(from < input.length ? reader.push(table, input.subarray(from, from + size)) : reader.end(table)),
      )
    }
    return items
  }
