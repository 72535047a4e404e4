import type { ReadResult, ReaderOptions, RecordFormat } from './Format.ts'

/**
 * Reads a whole input, record by record.
 *
 * @example
 * const items = decodeAll(Ndjson.of(t.number))(new TextEncoder().encode('1\ntwo\n3\n'))
 * items.map(item => item._tag) // => ['Record', 'Reject', 'Record']
 */
export const decodeAll =
  <A>(format: RecordFormat<A>, options?: ReaderOptions) =>
  (bytes: Uint8Array): ReadonlyArray<ReadResult<A>> => {
    const reader = format.reader(options)
    return [...reader.push(bytes), ...reader.end()]
  }
