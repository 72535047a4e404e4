import type { EncodeError } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { rowOf } from '../internal/rows.ts'
import type { Sink } from '../internal/sink.ts'
import type { Group } from '../internal/structure.ts'
import { directOf } from './direct.ts'
import { write } from './write.ts'

/** Adds a record to those of a sink; or nothing, and says why. */
export type Add<A> = (out: Sink, a: A) => EncodeError | undefined

export const addOf = <A, O>(codec: t.Type<A, O>, structure: Group): Add<A> => {
  const direct = directOf(structure)
  const toRow = rowOf(structure)
  return (out, a) => {
    const encoded: unknown = codec.encode(a)
    const value = structure.bare ? { value: encoded } : encoded
    const start = out.at
    if (direct(out, value)) return undefined
    out.at = start
    const row = toRow(value)
    if (E.isLeft(row)) return row.left
    write(out, structure, row.right)
    return undefined
  }
}
