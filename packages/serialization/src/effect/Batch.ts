import type { EncodeError } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import type { ReadResult, Writer } from '../Format.ts'
import { bytes, byteWriter, finish } from '../bytes/ByteWriter.ts'
import { concat } from '../bytes/utf8.ts'
import type { BadRecord } from './BadRecordPolicy.ts'
import type { Tally } from './Tally.ts'

/** A batch: accepted values followed by the bad records that came right after them. */
export interface Batch<A> {
  readonly values: ReadonlyArray<A>
  readonly bad: ReadonlyArray<BadRecord>
}

/**
 * Separates good results from bad ones, in order, and counts them. If the first bad one ends the
 * stream, nothing after it is read.
 */
export const batchResults =
  <A>(count: Tally, isFirstLast: boolean) =>
  (items: Iterable<ReadResult<A>>): ReadonlyArray<Batch<A>> => {
    const batches: Array<Batch<A>> = []
    let values: Array<A> = []
    let bad: Array<BadRecord> = []
    for (const item of items) {
      if (item._tag === 'Record') {
        count.read++
        if (bad.length > 0) {
          batches.push({ values, bad })
          values = []
          bad = []
        }
        values.push(item.value)
        continue
      }
      const { records = 1 } = item
      count.read += records
      count.rejected += records
      bad.push(item)
      if (isFirstLast) break
    }
    return [...batches, { values, bad }]
  }

/**
 * Encodes records and counts them. If the first refused record ends the stream, nothing after it is
 * encoded.
 */
export const encodeBatch = <A>(writer: Writer<A>, count: Tally, isFirstLast: boolean) => {
  const write = encodeEach(writer, count, isFirstLast)
  return (values: Iterable<A>): Batch<Uint8Array> => {
    const { values: all, bad } = write(values)
    const parts = all.filter(part => part.length > 0)
    return { values: parts.length === 1 ? parts : [concat(parts)], bad }
  }
}

/** Encodes records as `encodeBatch` does, but keeps the output of each record separate. */
export const encodeEach = <A, W>(
  writer: { readonly push: (a: A) => E.Either<EncodeError, W> },
  count: Tally,
  isFirstLast: boolean,
) => {
  let index = 0
  return (values: Iterable<A>): Batch<W> => {
    const parts: Array<W> = []
    const bad: Array<BadRecord> = []
    for (const value of values) {
      const part = writer.push(value)
      if (E.isRight(part)) {
        parts.push(part.right)
        count.written++
      } else {
        bad.push({ _tag: 'UnencodableRecord', index, error: part.left, value })
        count.rejected++
        if (isFirstLast) break
      }
      index++
    }
    return { values: parts, bad }
  }
}

/**
 * Joins the bytes of batches without bad records between them, so that the output has few parts.
 * Bytes are copied at once into a reused buffer: small parts die young.
 */
export const concatBatches = () => {
  const out = byteWriter()
  return (batches: Iterable<Batch<Uint8Array>>): ReadonlyArray<Batch<Uint8Array>> => {
    const all: Array<Batch<Uint8Array>> = []
    for (const { values, bad } of batches) {
      for (const part of values) bytes(out, part)
      if (bad.length > 0) all.push({ values: [finish(out)], bad })
    }
    return [...all, { values: [finish(out)], bad: [] }]
  }
}
