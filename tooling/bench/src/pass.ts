import type { RecordFormat, WriterOptions } from '@finetune-kit/serialization'
import { encodeAll } from '@finetune-kit/serialization'
import type { Job } from './interleave.ts'

/** A job over all of these, one at a time. */
export const each =
  <A>(all: ReadonlyArray<A>, job: (a: A) => unknown): Job =>
  () =>
    all.reduce((n, a) => (job(a) === undefined ? n : n + 1), 0)

/** Bytes in chunks of 64 KiB, as a file is read. */
export const inPieces = (bytes: Uint8Array): ReadonlyArray<Uint8Array> =>
  Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, i) =>
    bytes.slice(i * 65_536, (i + 1) * 65_536),
  )

/** A job that reads all the records, checked, and counts them. */
export const reading =
  <A>(format: RecordFormat<A>, pieces: ReadonlyArray<Uint8Array>): Job =>
  () => {
    const reader = format.reader()
    let n = 0
    for (const piece of pieces) for (const item of reader.push(piece)) if (item._tag === 'Record') n++
    for (const item of reader.end()) if (item._tag === 'Record') n++
    return n
  }

/** A job that writes all the records and returns the number of bytes. */
export const writing =
  <A>(format: RecordFormat<A>, records: ReadonlyArray<A>, options?: WriterOptions): Job =>
  () => {
    const writer = format.writer(options)
    let n = 0
    for (const record of records) {
      const bytes = writer.push(record)
      if (bytes._tag === 'Right') n += bytes.right.length
    }
    return n + writer.end().length
  }

/** All the records as bytes. */
export const writtenAll = <A>(
  format: RecordFormat<A>,
  records: ReadonlyArray<A>,
  options?: WriterOptions,
): Uint8Array => {
  const bytes = encodeAll(format, options)(records)
  if (bytes._tag === 'Left') throw new Error(`a record was refused: ${JSON.stringify(bytes.left)}`)
  return bytes.right
}
