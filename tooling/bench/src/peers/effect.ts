import * as Schema from 'effect/Schema'
import { byKey, peerOf } from './peer.ts'

/** Returns a copy without the unknown keys. */
export const effectOf = peerOf<Schema.Codec<unknown>>('effect Schema', {
  null: Schema.Null,
  boolean: Schema.Boolean,
  finite: Schema.Finite,
  integer: Schema.Int,
  string: Schema.String,
  array: item => Schema.Array(item) as never,
  union: members => Schema.Union(members) as never,
  struct: fields =>
    Schema.Struct(byKey(fields, f => (f.optional ? Schema.optionalKey(f.value) : f.value))) as never,
})
