import * as v from 'valibot'
import { byKey, peerOf } from './peer.ts'

type Schema = v.GenericSchema

/** Keeps unknown keys; returns a copy. */
export const valibotOf = peerOf<Schema>('valibot', {
  null: v.null(),
  boolean: v.boolean(),
  finite: v.pipe(v.number(), v.finite()),
  integer: v.pipe(v.number(), v.safeInteger()),
  string: v.string(),
  array: item => v.array(item),
  union: members => v.union(members as Array<Schema>),
  struct: fields => v.looseObject(byKey(fields, f => (f.optional ? v.optional(f.value) : f.value))),
})
