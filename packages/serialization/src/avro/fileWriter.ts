import * as E from '#fp-ts/Either'
import type { Writer, WriterOptions } from '../Format.ts'
import { byteWriter, bytes, finish } from '../bytes/ByteWriter.ts'
import { concat } from '../bytes/utf8.ts'
import type { AppendRecord } from './appendRecord.ts'
import { compress, compressionFor } from './compression.ts'
import { magic } from './container.ts'
import { fingerprint } from './fingerprint.ts'
import { long, sized, string } from './primitives.ts'
import { canonicalForm, type Schema } from './schema.ts'

/**
 * Writes object container files. Equal records give equal bytes: the sync marker is a fingerprint.
 */
export const fileWriter = <A>(schema: Schema, append: AppendRecord<A>) => {
  const text = JSON.stringify(schema)
  const marker = concat([fingerprint(canonicalForm(schema)), fingerprint(text)])
  return (options?: WriterOptions): Writer<A> => {
    const compression = compressionFor(options?.compact === true)
    const block = byteWriter()
    let count = 0
    let hasHeader = false
    const flush = (): Uint8Array => {
      const out = byteWriter()
      if (!hasHeader) {
        bytes(out, Uint8Array.from(magic))
        long(out, 2)
        for (const part of ['avro.schema', text, 'avro.codec', compression]) string(out, part)
        long(out, 0)
        bytes(out, marker)
      }
      hasHeader = true
      if (count === 0) return finish(out)
      long(out, count)
      sized(out, compress(finish(block), compression))
      bytes(out, marker)
      count = 0
      return finish(out)
    }
    return {
      push: a => {
        const error = append(block, a)
        if (error !== undefined) return E.left(error)
        count++
        return E.right(block.at < blockSize ? noBytes : flush())
      },
      end: () => (count > 0 || !hasHeader ? flush() : noBytes),
    }
  }
}

const noBytes: Uint8Array = new Uint8Array(0)

/** Bytes of a block before compression. Other writers take 16 or 64 kB, which compress less. */
const blockSize = 512 * 1024
