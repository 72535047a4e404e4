import type { EncodeError } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import type { ReadResult, Writer } from '../Format.ts'
import { bytes, byteWriter, finish } from '../bytes/ByteWriter.ts'
import { concat } from '../bytes/utf8.ts'
import type { BadRecord } from './BadRecordPolicy.ts'
import type { Tally } from './Tally.ts'

/** A part of an input: what is good of it, and the bad records right behind that. */
export interface Batch<A> {
  readonly values: ReadonlyArray<A>
  readonly bad: ReadonlyArray<BadRecord>
}

/**
 * Tells good items from bad ones, in their order, and counts them. Nothing is read behind the first
 * bad one where it is to end the stream.
 */
export const batchResults =
  <A>(count: Tally, isFirstLast: boolean) =>
  (items: Iterable<ReadResult<A>>): ReadonlyArray<Batch<A>> => {
    const stretches: Array<Batch<A>> = []
    let values: Array<A> = []
    let bad: Array<BadRecord> = []
    for (const item of items) {
      if (item._tag === 'Record') {
        count.read++
        if (bad.length > 0) {
          stretches.push({ values, bad })
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
    return [...stretches, { values, bad }]
  }

/**
 * Writes records down, and counts them. Nothing is written behind the first one that cannot be
 * where it is to end the stream.
 */
export const encodeBatch = <A>(writer: Writer<A>, count: Tally, isFirstLast: boolean) => {
  const write = encodeEach(writer, count, isFirstLast)
  return (values: Iterable<A>): Batch<Uint8Array> => {
    const { values: all, bad } = write(values)
    const parts = all.filter(part => part.length > 0)
    return { values: parts.length === 1 ? parts : [concat(parts)], bad }
  }
}

/** The same, with what was written of each record apart. */
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
 * The same bytes in as few parts as can be: those of stretches between which nothing is bad are put
 * together. They are copied as they come, into room that is used again, so that no small part lives
 * long.
 */
export const concatBatches = () => {
  const out = byteWriter()
  return (stretches: Iterable<Batch<Uint8Array>>): ReadonlyArray<Batch<Uint8Array>> => {
    const all: Array<Batch<Uint8Array>> = []
    for (const { values, bad } of stretches) {
      for (const part of values) bytes(out, part)
      if (bad.length > 0) all.push({ values: [finish(out)], bad })
    }
    return [...all, { values: [finish(out)], bad: [] }]
  }
}
