import { annotate } from '@finetune-kit/codec'
import type * as t from 'io-ts'

/** Makes the codec of a request encode to a copy without the fields that are null or undefined. */
export const withoutNulls = <C extends t.Any>(codec: C): C => {
  const encode = (a: object) =>
    Object.fromEntries(
      Object.entries(codec.encode(a) as object).filter(([, v]) => v !== null && v !== undefined),
    )
  return Object.assign(annotate(codec, {}), { encode })
}
