import type * as t from 'io-ts'
import type { Field, UnknownKeys } from '../Algebra.ts'
import { trust } from './stock.ts'

/** The structure of an object codec that declares its treatment of unknown keys. */
export interface Described {
  readonly fields: ReadonlyArray<Field<t.Any>>
  readonly unknownKeys: UnknownKeys
}

const structures = new WeakMap<object, Described>()

/** Marks a `validate` as one with this structure and returns it. */
export const describe = <F extends object>(validate: F, structure: Described): F => {
  structures.set(validate, structure)
  return trust(validate)
}

/** The structure that a codec's `validate` was marked with; survives cloning the codec. */
export const describedBy = (codec: t.Any): Described | undefined => structures.get(codec.validate)
