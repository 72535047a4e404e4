import type { EncodeError } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import type { ByteWriter } from '../bytes/ByteWriter.ts'
import type { Group } from '../schema/RecordSchema.ts'
import { toRow } from '../schema/toRow.ts'
import { encodeRow } from './encodeRow.ts'
import { encodeValue } from './encodeValue.ts'

/** Appends a record. Returns the error, and appends nothing, if Avro cannot hold it. */
export type AppendRecord<A> = (out: ByteWriter, a: A) => EncodeError | undefined

export const appendRecord = <A, O>(codec: t.Type<A, O>, structure: Group): AppendRecord<A> => {
  const encodeFast = encodeValue(structure)
  const rowOf = toRow(structure)
  return (out, a) => {
    const encoded: unknown = codec.encode(a)
    const value = structure.isWrapped ? { value: encoded } : encoded
    const start = out.at
    if (encodeFast(out, value)) return undefined
    out.at = start
    const row = rowOf(value)
    if (E.isLeft(row)) return row.left
    encodeRow(out, structure, row.right)
    return undefined
  }
}
