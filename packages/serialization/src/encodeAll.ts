import { type EncodeError, unencodable } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import type { RecordFormat, WriterOptions } from './Format.ts'
import { concat } from './bytes/utf8.ts'

/** The bytes of all records, or the first error, whose path begins with the record's index. */
export const encodeAll =
  <A>(format: RecordFormat<A>, options?: WriterOptions) =>
  (records: Iterable<A>): E.Either<EncodeError, Uint8Array> => {
    const writer = format.writer(options)
    const parts: Array<Uint8Array> = []
    let index = 0
    for (const record of records) {
      const part = writer.push(record)
      if (E.isLeft(part)) return E.left(unencodable([index, ...part.left.path], part.left.reason))
      parts.push(part.right)
      index++
    }
    return E.right(concat([...parts, writer.end()]))
  }
